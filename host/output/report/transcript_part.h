// Where in its transcript something lies.
#pragma once
#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>

#include "host/input/sequence_source.h"

namespace iresweep {

enum class TranscriptPart { five_prime_utr, cds, three_prime_utr, noncoding };
inline constexpr std::array kPartNames = {"5' UTR", "CDS", "3' UTR", "non-coding transcript"};

/// Counts of something, by TranscriptPart.
using CountsByPart = std::array<std::uint64_t, kPartNames.size()>;

/// The part that a base of the record lies in; nothing where the record is no transcript.
inline std::optional<TranscriptPart> part_at(const Record& record, std::int64_t base) {
  if (!record.map || (record.gene.empty() && !record.cds)) return std::nullopt;
  if (!record.cds) return TranscriptPart::noncoding;
  if (base < record.cds->start) return TranscriptPart::five_prime_utr;
  return base < record.cds->end ? TranscriptPart::cds : TranscriptPart::three_prime_utr;
}

/// Adds the bases of a record, those outside its feature left out.
inline void count_bases(const Record& record, CountsByPart& counts) {
  if (!part_at(record, 0)) return;
  const Interval all = record.feature.value_or(Interval{0, record.map->size()});
  if (!record.cds) {
    counts[std::size_t(TranscriptPart::noncoding)] += std::uint64_t(all.size());
    return;
  }
  const auto add = [&](TranscriptPart part, Interval stretch) {
    const Interval shared{std::max(all.start, stretch.start), std::min(all.end, stretch.end)};
    if (shared.size() > 0) counts[std::size_t(part)] += std::uint64_t(shared.size());
  };
  add(TranscriptPart::five_prime_utr, {0, record.cds->start});
  add(TranscriptPart::cds, *record.cds);
  add(TranscriptPart::three_prime_utr, {record.cds->end, record.map->size()});
}

}  // namespace iresweep
