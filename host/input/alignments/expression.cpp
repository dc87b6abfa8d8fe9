#include "host/input/alignments/expression.h"

#include <fmt/format.h>
#include <htslib/sam.h>

#include <utility>

#include "host/input/alignments/cigar.h"
#include "host/input/alignments/depth.h"
#include "host/input/fasta_faults.h"
#include "iresweep/error.h"

namespace iresweep {

Expression::Expression(AlignmentFile file, ExpressionOptions options) : file_(std::move(file)), options_(options) {
  file_.restrict_to({{0, {0, file_.contigs()[0].size}}});
  notes_ = file_.notes();
}

std::shared_ptr<const std::vector<Interval>> Expression::covered(const std::string& contig) {
  const auto number = file_.contigs().find(contig);
  if (!number) return nullptr;
  auto& known = known_[contig];
  if (!known) known = std::make_shared<const std::vector<Interval>>(sweep(*number));
  return known;
}

std::vector<Interval> Expression::sweep(std::size_t contig) {
  constexpr int kNotCounted = BAM_FUNMAP | BAM_FSECONDARY | BAM_FQCFAIL | BAM_FDUP;
  DepthSweep depth(options_.min_depth);
  file_.restrict_to({{contig, {0, file_.contigs()[contig].size}}});
  while (const bam1_t* read = file_.next()) {
    if ((read->core.flag & kNotCounted) || read->core.qual < options_.min_mapq) continue;
    depth.advance(read->core.pos);
    for (const AlignedPart& part : aligned_parts({bam_get_cigar(read), read->core.n_cigar}, read->core.pos))
      depth.add(part.bases);
  }
  return depth.finish();
}

ExpressedSource::ExpressedSource(std::unique_ptr<SequenceSource> source, Expression expression)
    : source_(std::move(source)), expression_(std::move(expression)) {}

std::optional<Piece> ExpressedSource::next() {
  auto piece = source_->next();
  if (!piece) {
    if (!contig_found_ && !unknown_contig_.empty())
      throw Error(fmt::format("no record lies on a contig of the alignments: {} is none of theirs, whose first is {}",
                              in_quotes(unknown_contig_), in_quotes(expression_.contigs()[0].name)),
                  expression_.path(), "give alignments to the genome that is scanned, with the same names of contigs");
    return piece;
  }
  if (piece->record != original_) {
    original_ = piece->record;
    record_ = with_coverage(*original_);
  }
  piece->record = record_;
  return piece;
}

std::shared_ptr<const Record> ExpressedSource::with_coverage(const Record& record) {
  const std::string& contig = record.map ? record.map->contig() : record.name;
  auto covered = expression_.covered(contig);
  contig_found_ = contig_found_ || covered;
  if (!covered) {
    if (unknown_contig_.empty()) unknown_contig_ = contig;
    covered = std::make_shared<const std::vector<Interval>>();
  }
  Record changed = record;
  changed.scored_within =
      record.map ? std::make_shared<const std::vector<Interval>>(record.map->locate(*covered)) : std::move(covered);
  return std::make_shared<const Record>(std::move(changed));
}

}  // namespace iresweep
