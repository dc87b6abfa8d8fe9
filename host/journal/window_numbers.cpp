#include "host/journal/window_numbers.h"

#include <xxhash.h>

namespace iresweep {

std::uint64_t chain_digest(std::uint64_t digest, const BaseCode* codes) {
  return XXH3_64bits_withSeed(codes, sizeof(BaseCode) * kWindow, digest);
}

}  // namespace iresweep
