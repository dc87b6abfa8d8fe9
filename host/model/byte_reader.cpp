#include "host/model/byte_reader.h"

#include "iresweep/error.h"

namespace iresweep {

void damaged(const std::string& fault, const std::string& place) {
  throw Error(fault, place, "the file is damaged or foreign: copy it again");
}

std::uint64_t ByteReader::varint() {
  std::uint64_t value = 0;
  for (int shift = 0; shift < 64; shift += 7) {
    const auto byte = std::uint8_t(take(1).front());
    if (shift == 63 && byte > 1) break;
    value |= std::uint64_t(byte & 0x7f) << shift;
    if (!(byte & 0x80)) return value;
  }
  damaged("a number does not fit 64 bits", place_);
}

std::uint32_t ByteReader::fixed32() {
  std::uint32_t value = 0;
  for (int shift = 0; shift < 32; shift += 8) value |= std::uint32_t(std::uint8_t(take(1).front())) << shift;
  return value;
}

std::uint64_t ByteReader::fixed64() {
  const std::uint64_t low = fixed32();
  return low | std::uint64_t(fixed32()) << 32;
}

std::string_view ByteReader::take(std::uint64_t count) {
  if (count > bytes_.size()) damaged("the data end too early", place_);
  const std::string_view taken = bytes_.substr(0, count);
  bytes_.remove_prefix(count);
  return taken;
}

}  // namespace iresweep
