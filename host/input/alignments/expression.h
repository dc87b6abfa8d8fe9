// What reads cover of a genome, and a scan of only that.
#pragma once
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "host/input/alignments/alignment_file.h"
#include "host/input/sequence_source.h"

namespace iresweep {

struct ExpressionOptions {
  std::int64_t min_depth = 1;
  int min_mapq = 0;
};

/// The depth of an alignment file, as `samtools depth` counts it: reads that are mapped and not secondary, duplicates
/// or failed, on the bases that they match; contig by contig, as they are asked for.
class Expression {
 public:
  /// `file` needs an index. Throws as AlignmentFile::restrict_to() does.
  Expression(AlignmentFile file, ExpressionOptions options);

  const std::string& path() const { return file_.path(); }
  const Contigs& contigs() const { return file_.contigs(); }
  const std::vector<std::string>& notes() const { return notes_; }

  /// The stretches of a contig, ascending and apart, with the least depth or more; null for a contig that the file does
  /// not know. Throws as AlignmentFile::next() does.
  std::shared_ptr<const std::vector<Interval>> covered(const std::string& contig);

 private:
  std::vector<Interval> sweep(std::size_t contig);

  AlignmentFile file_;
  const ExpressionOptions options_;
  std::vector<std::string> notes_;
  std::unordered_map<std::string, std::shared_ptr<const std::vector<Interval>>> known_;
};

/// The records of another source, each with what is covered of it.
class ExpressedSource : public SequenceSource {
 public:
  ExpressedSource(std::unique_ptr<SequenceSource> source, Expression expression);

  /// Throws Error where no record at all lies on a contig of the alignments; of contigs that they lack nothing is
  /// covered.
  std::optional<Piece> next() override;
  std::vector<InputFacts> facts() const override { return source_->facts(); }
  std::vector<Contig> contigs() const override { return source_->contigs(); }

 private:
  std::shared_ptr<const Record> with_coverage(const Record& record);

  std::unique_ptr<SequenceSource> source_;
  Expression expression_;
  std::shared_ptr<const Record> original_, record_;  ///< at hand: as it came, and as it goes
  std::string unknown_contig_;                       ///< the first
  bool contig_found_ = false;
};

}  // namespace iresweep
