#include <bit>

#include "host/model/xxh3_hex.h"
#include "iresweep/model.h"

namespace iresweep {

// The hash is of the bytes as they lie in memory, and so is what the readers and writers of model files copy.
static_assert(std::endian::native == std::endian::little, "iresweep's model files are little-endian");

std::string weights_hash(const Network& network) {
  std::string bytes;
  for (const auto& tensor : tensors(network))
    bytes.append(reinterpret_cast<const char*>(tensor.values.data()), tensor.values.size_bytes());
  return xxh3_hex(bytes);
}

}  // namespace iresweep
