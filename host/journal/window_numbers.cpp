#include "host/journal/window_numbers.h"

#include <xxhash.h>

#include <type_traits>

namespace iresweep {

std::uint64_t record_digest(const Record& record) {
  const std::uint64_t name = XXH3_64bits(record.name.data(), record.name.size());
  if (!record.map) return name;
  const std::string& contig = record.map->contig();
  const auto& blocks = record.map->blocks();
  static_assert(std::has_unique_object_representations_v<Interval>);
  const std::uint64_t place = XXH3_64bits_withSeed(blocks.data(), blocks.size() * sizeof(Interval), name);
  return XXH3_64bits_withSeed(contig.data(), contig.size(), place + std::uint64_t(record.map->strand()));
}

std::uint64_t chain_digest(std::uint64_t digest, std::uint64_t record, const BaseCode* codes) {
  return XXH3_64bits_withSeed(codes, sizeof(BaseCode) * kWindow, digest ^ record);
}

}  // namespace iresweep
