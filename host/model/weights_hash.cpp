#include <fmt/format.h>
#include <xxhash.h>

#include <bit>

#include "iresweep/model.h"

namespace iresweep {

// The hash is of the bytes as they lie in memory, and so is what the readers and writers of model files copy.
static_assert(std::endian::native == std::endian::little, "iresweep's model files are little-endian");

std::string weights_hash(const Network& network) {
  std::string bytes;
  for (const auto& tensor : tensors(network))
    bytes.append(reinterpret_cast<const char*>(tensor.values.data()), tensor.values.size_bytes());
  const XXH128_hash_t hash = XXH3_128bits(bytes.data(), bytes.size());
  return fmt::format("{:016x}{:016x}", hash.high64, hash.low64);
}

}  // namespace iresweep
