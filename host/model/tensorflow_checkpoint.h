// Reads a TensorFlow checkpoint: PREFIX.index (a LevelDB table of protocol-buffer entries) and
// PREFIX.data-00000-of-00001 (the tensors' bytes).
#pragma once
#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace iresweep {

class TensorflowCheckpoint {
 public:
  /// Reads both files and checks the index: checksums, names, and that every tensor lies within the data. Throws
  /// Error.
  explicit TensorflowCheckpoint(const std::string& prefix);

  /// Names of all tensors, sorted.
  std::vector<std::string> names() const;

  /// A float32 tensor of this shape, its checksum verified. Throws Error when it is missing or different.
  std::vector<float> read(const std::string& name, std::span<const std::size_t> shape) const;

 private:
  struct Entry {
    std::uint64_t type = 0, shard = 0, offset = 0, size = 0;
    std::uint32_t checksum = 0;  ///< masked CRC-32C of the bytes
    bool sliced = false;         ///< stored in parts
    std::vector<std::uint64_t> shape;
  };
  static Entry read_entry(std::string_view message, const std::string& place);
  static void read_shape(std::string_view message, const std::string& place, std::vector<std::uint64_t>& shape);
  void check(const Entry& entry, const std::string& place) const;

  std::string index_path_, data_path_, data_;
  std::map<std::string, Entry> entries_;
};

}  // namespace iresweep
