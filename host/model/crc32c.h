// CRC-32C (Castagnoli), as LevelDB and TensorFlow use it. No Debian 12 package offers it to C++.
#pragma once
#include <cstdint>
#include <string_view>

namespace iresweep {

/// The checksum of `bytes`, continuing from the checksum `before` of what stands before them.
std::uint32_t crc32c(std::string_view bytes, std::uint32_t before = 0);

/// As stored in files: LevelDB rotates the checksum and adds a constant, so that a checksum of data that hold
/// checksums stays sound.
std::uint32_t masked_crc32c(std::string_view bytes);

}  // namespace iresweep
