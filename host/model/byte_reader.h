// Reads numbers and stretches from bytes that nobody vouches for: every step is checked against the end first.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>

namespace iresweep {

/// A cursor over `bytes` (not owned). Every read throws Error, naming `place`, when the bytes do not suffice.
class ByteReader {
 public:
  ByteReader(std::string_view bytes, std::string place) : bytes_(bytes), place_(std::move(place)) {}

  bool done() const { return bytes_.empty(); }
  std::uint64_t varint();   ///< LEB128 of at most ten bytes, as LevelDB and protocol buffers write it
  std::uint32_t fixed32();  ///< little-endian
  std::uint64_t fixed64();  ///< little-endian
  std::string_view take(std::uint64_t count);
  const std::string& place() const { return place_; }

 private:
  std::string_view bytes_;
  std::string place_;
};

/// Throws Error: the file is damaged at `place`.
[[noreturn]] void damaged(const std::string& fault, const std::string& place);

}  // namespace iresweep
