// Bytes that do not fit memory, for the length of a run.
#pragma once
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>

namespace iresweep {

/// A file without a name, beside the output that it serves: whatever ends the process, nothing of it stays.
class ScratchFile {
 public:
  /// `output` is the output's path, and named in errors; for what is no regular file the scratch lies in $TMPDIR or
  /// /tmp. Throws Error, as all that follows does.
  explicit ScratchFile(std::string output);
  ~ScratchFile();
  ScratchFile(const ScratchFile&) = delete;
  ScratchFile& operator=(const ScratchFile&) = delete;

  void append(std::span<const std::byte> bytes);
  /// Fills `bytes` from `offset` on, where all of them must have been written.
  void read(std::uint64_t offset, std::span<std::byte> bytes) const;
  std::uint64_t size() const { return size_; }
  /// By which this process can open it like any file, while it lives.
  std::string path() const;

 private:
  std::string output_;
  int descriptor_ = -1;
  std::uint64_t size_ = 0;
};

}  // namespace iresweep
