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

/// Something of each TranscriptPart.
template <class T>
using ByPart = std::array<T, kPartNames.size()>;

/// The part that a base of the record lies in; nothing where the record is no transcript.
inline std::optional<TranscriptPart> part_at(const Record& record, std::int64_t base) {
  if (!record.map || (record.gene.empty() && !record.cds)) return std::nullopt;
  if (!record.cds) return TranscriptPart::noncoding;
  if (base < record.cds->start) return TranscriptPart::five_prime_utr;
  return base < record.cds->end ? TranscriptPart::cds : TranscriptPart::three_prime_utr;
}

/// The base of the record that tells in which part a window lies: its middle. A window may have no more than half of
/// its bases in the record's feature; then the feature's next one.
inline std::int64_t middle_of(const Record& record, Interval window) {
  const std::int64_t middle = (window.start + window.end) / 2;
  return record.feature ? std::clamp(middle, record.feature->start, record.feature->end - 1) : middle;
}

/// The parts of a transcript, those outside its feature left out; empty where it has none.
inline ByPart<Interval> parts_of(const Record& record) {
  const std::int64_t size = record.map->size();
  const Interval wanted = record.feature.value_or(Interval{0, size});
  const auto cut = [&](std::int64_t start, std::int64_t end) {
    return Interval{std::max(wanted.start, start), std::min(wanted.end, end)};
  };
  if (!record.cds) return {{{}, {}, {}, cut(0, size)}};
  return {{cut(0, record.cds->start), cut(record.cds->start, record.cds->end), cut(record.cds->end, size), {}}};
}

}  // namespace iresweep
