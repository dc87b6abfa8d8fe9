#include "host/input/gene_models/transcript_record.h"

#include <algorithm>

namespace iresweep {
namespace {

// The feature on a record of `size` bases whose coding bases are `cds`.
Interval feature_of(Feature feature, std::int64_t size, Interval cds) {
  switch (feature) {
    case Feature::five_prime_utr:
      return {0, cds.start};
    case Feature::cds:
      return cds;
    case Feature::three_prime_utr:
      return {cds.end, size};
    case Feature::transcript:
      break;
  }
  return {0, size};
}

}  // namespace

std::optional<Record> record_of(const Transcript& transcript, const std::string& name, const std::string& contig,
                                std::uint64_t index, Feature feature) {
  Record record{name, index};
  record.gene = transcript.gene;
  const CoordinateMap& map = record.map.emplace(contig, transcript.strand, transcript.exons);
  if (!transcript.cds) return feature == Feature::transcript ? std::optional(record) : std::nullopt;

  const std::int64_t first = map.locate(transcript.cds->start), last = map.locate(transcript.cds->end - 1);
  const Interval cds{std::min(first, last), std::max(first, last) + 1};
  record.cds = cds;
  if (transcript.start_known) record.start_codon = cds.start;
  if (feature == Feature::transcript) return record;
  record.feature = feature_of(feature, map.size(), cds);
  if (record.feature->size() <= 0) return std::nullopt;
  return record;
}

}  // namespace iresweep
