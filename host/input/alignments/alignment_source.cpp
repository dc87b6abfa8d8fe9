#include "host/input/alignments/alignment_source.h"

#include <fmt/format.h>
#include <htslib/sam.h>

#include <algorithm>
#include <utility>

#include "host/input/alignments/cigar.h"
#include "host/input/fasta_faults.h"
#include "host/input/record_name.h"
#include "host/input/reverse_complement.h"
#include "iresweep/error.h"

namespace iresweep {
namespace {

// What BAM packs into four bits: "=ACMGRSVTWYHKDBN". "=" would need the contig to be read.
constexpr std::array<BaseCode, 16> kPackedCodes = {4, 0, 1, 4, 2, 4, 4, 4, 3, 4, 4, 4, 4, 4, 4, 4};

Cigar cigar_of(const bam1_t& read) { return {bam_get_cigar(&read), read.core.n_cigar}; }

// Offsets from the first aligned base.
std::vector<AlignedPart> from_first(std::vector<AlignedPart> parts) {
  const std::int64_t first = parts.front().offset;
  for (AlignedPart& part : parts) part.offset -= first;
  return parts;
}

// The stretches of a read that lie on the genome: a window that is mostly an insertion has no place. Null where so
// little is inserted that no window can be.
std::shared_ptr<const std::vector<Interval>> aligned_stretches(const CoordinateMap& map,
                                                               const std::vector<AlignedPart>& parts) {
  if (map.size() - aligned_bases(parts) <= kWindow / 2) return nullptr;
  std::vector<Interval> places;
  for (const AlignedPart& part : parts) places.push_back(part.bases);
  return std::make_shared<const std::vector<Interval>>(map.locate(places));
}

// Whoever gives another assembly than the reads were aligned to should hear of it before the first odd hit.
std::vector<std::string> length_notes(const AlignmentFile& file, const Genome& genome) {
  std::vector<std::string> notes;
  for (const auto& [name, size] : file.contigs().all()) {
    const auto found = genome.find(name);
    if (!found || genome.contigs()[*found].size == size) continue;
    notes.push_back(fmt::format("contig {} has {} bases in {} and {} in the reference: are they of one assembly?",
                                in_quotes(name), size, file.path(), genome.contigs()[*found].size));
    break;
  }
  return notes;
}

}  // namespace

std::string_view words_for(Skipped why) {
  switch (why) {
    case Skipped::unmapped:
      return "unmapped";
    case Skipped::not_primary:
      return "secondary or supplementary";
    case Skipped::rejected:
      return "flagged as duplicate or failed";
    case Skipped::low_mapq:
      return "of low mapping quality";
    case Skipped::no_bases:
      return "stored without bases";
    case Skipped::gap_first:
      return "whose alignment begins with a gap";
    case Skipped::outside:
      return "without an aligned base in the regions";
    case Skipped::too_short:
      return "with fewer than 174 aligned bases";
    case Skipped::unknown_strand:
      return "of unknown strand";
    case Skipped::count:
      break;
  }
  return "";
}

AlignmentSource::AlignmentSource(AlignmentFile file, ReadOptions options, std::vector<Region> regions,
                                 std::unique_ptr<Genome> genome)
    : file_(std::move(file)), options_(std::move(options)), regions_(std::move(regions)), genome_(std::move(genome)) {
  if (!regions_.empty()) file_.restrict_to(regions_);
  facts_.path = file_.path();
  facts_.file_size = regions_.empty() ? file_.file_size() : 0;
  notes_ = file_.notes();
  if (!genome_) return;
  for (std::string& note : genome_->notes()) notes_.push_back(std::move(note));
  for (std::string& note : length_notes(file_, *genome_)) notes_.push_back(std::move(note));
}

std::optional<Piece> AlignmentSource::next() {
  while (const bam1_t* read = file_.next()) {
    if (const auto why = judge(*read)) {
      ++skipped_[std::size_t(*why)];
      continue;
    }
    Piece piece = make_piece(*read);
    facts_.bases += piece.codes.size();
    facts_.missing_bases += std::uint64_t(std::count(piece.codes.begin(), piece.codes.end(), kMissing));
    return piece;
  }
  return std::nullopt;
}

std::vector<InputFacts> AlignmentSource::facts() const {
  InputFacts facts = facts_;
  facts.file_read = file_.file_read();
  for (std::size_t i = 0; i < skipped_.size(); ++i)
    if (skipped_[i] > 0) facts.skipped.emplace_back(words_for(Skipped(i)), skipped_[i]);
  return {std::move(facts)};
}

std::optional<Skipped> AlignmentSource::judge(const bam1_t& read) {
  const auto& core = read.core;
  if ((core.flag & BAM_FUNMAP) || core.tid < 0 || core.pos < 0 || core.n_cigar == 0) return Skipped::unmapped;
  if (core.flag & (BAM_FSECONDARY | BAM_FSUPPLEMENTARY)) return Skipped::not_primary;
  if (core.flag & (BAM_FQCFAIL | BAM_FDUP)) return Skipped::rejected;
  if (core.qual < options_.min_mapq) return Skipped::low_mapq;
  if (!genome_) {
    if (core.l_qseq == 0) return Skipped::no_bases;
    if (read_size(cigar_of(read)) != core.l_qseq)
      fail_read(read, "has another number of bases than its CIGAR says", "align the reads anew");
  }
  parts_ = aligned_parts(cigar_of(read), core.pos);
  if (aligned_bases(parts_) < kWindow) return Skipped::too_short;
  if (parts_.front().bases.start != core.pos) return Skipped::gap_first;
  if (!regions_.empty() && !in_regions(read)) return Skipped::outside;
  strand_ = transcript_strand(read, options_.direction);
  if (!strand_ && !options_.unknown_strand_too) return Skipped::unknown_strand;
  return std::nullopt;
}

// The index finds reads whose introns span a region, too.
bool AlignmentSource::in_regions(const bam1_t& read) const {
  const auto contig = std::size_t(read.core.tid);
  return std::any_of(parts_.begin(), parts_.end(), [&](const AlignedPart& part) {
    auto after =
        std::upper_bound(regions_.begin(), regions_.end(), Region{contig, {part.bases.end - 1, part.bases.end}},
                         [](const Region& a, const Region& b) {
                           return std::pair(a.contig, a.stretch.start) < std::pair(b.contig, b.stretch.start);
                         });
    if (after == regions_.begin()) return false;
    const Region& region = *std::prev(after);
    return region.contig == contig && region.stretch.end > part.bases.start;
  });
}

Piece AlignmentSource::make_piece(const bam1_t& read) {
  Record record{std::string(cut_name(bam_get_qname(&read), options_.name_until)), facts_.records++};
  const std::string& contig = file_.contigs()[std::size_t(read.core.tid)].name;
  const Strand strand = strand_.value_or(Strand::plus);
  std::vector<BaseCode> codes;
  if (genome_) {
    // Deletions belong to the blocks, insertions do not.
    record.map.emplace(contig, strand, CoordinateMap::of_read(contig, strand, from_first(parts_)).blocks());
    append_genome_bases(read, *record.map, codes);
  } else {
    const std::int64_t first = parts_.front().offset, end = parts_.back().offset + parts_.back().bases.size();
    record.map = CoordinateMap::of_read(contig, strand, from_first(parts_));
    record.scored_within = aligned_stretches(*record.map, parts_);
    const std::uint8_t* packed = bam_get_seq(&read);
    for (std::int64_t i = first; i < end; ++i) codes.push_back(kPackedCodes[bam_seqi(packed, i)]);
  }
  if (strand == Strand::minus) reverse_complement(codes);
  return {std::make_shared<const Record>(std::move(record)), std::move(codes), true};
}

void AlignmentSource::append_genome_bases(const bam1_t& read, const CoordinateMap& map, std::vector<BaseCode>& codes) {
  const auto found = genome_->find(map.contig());
  if (!found) fail_read(read, "lies on a contig that the reference lacks", "give the FASTA that it was aligned to");
  if (map.blocks().back().end > genome_->contigs()[*found].size)
    fail_read(read, "reaches past the end of its contig in the reference", "give the FASTA that it was aligned to");
  for (const Interval& block : map.blocks()) genome_->read(*found, block, codes);
}

void AlignmentSource::fail_read(const bam1_t& read, const char* what, const char* hint) const {
  const std::string& contig = file_.contigs()[std::size_t(read.core.tid)].name;
  throw Error(fmt::format("read {} {}", in_quotes(bam_get_qname(&read)), what),
              fmt::format("{}, {}:{}", file_.path(), contig, read.core.pos + 1), hint);
}

std::vector<std::string> AlignmentSource::notes() const { return notes_; }

}  // namespace iresweep
