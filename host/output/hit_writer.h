// Hits into a file: BED, CSV or TSV, plain or bgzip, with a tabix index beside a .bed.gz.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "host/output/hit_format.h"
#include "host/output/line_sorter.h"
#include "host/output/output_file.h"
#include "host/output/output_format.h"
#include "host/scan/caller.h"
#include "host/scan/hit.h"

namespace iresweep {

struct HitWriterOptions {
  std::string path;  ///< "-" or "": standard output
  OutputFormat format;
  Report report = Report::regions;
  bool both_strands = false;
  RecordKind records = RecordKind::contigs;
  RowOrder order = RowOrder::input;
  std::vector<Contig> contigs = {};  ///< of the reference, for RowOrder::reference; others follow as they come
  std::string track_name = {};       ///< of a UCSC track line before the header; empty: none
};

class HitWriter : public HitSink {
 public:
  /// Writes the header. Throws Error when the file cannot be made.
  explicit HitWriter(HitWriterOptions options);

  /// Throws Error; ClosedPipe when nobody reads any more. Rows that are sorted wait for commit().
  void write(const Hit& hit) override;

  /// The file and its index appear under their names; without it neither does, and files of an earlier run stay.
  /// Returns a warning where an index was due but cannot be made (an old one is removed then: it would be wrong).
  std::optional<std::string> commit();

  const OutputFile& file() const { return file_; }

 private:
  bool packed_bed() const;
  void note_for_index(const Hit& hit);
  std::optional<std::string> commit_with_index();

  HitWriterOptions options_;
  HitFormat format_;
  OutputFile file_;
  std::optional<LineSorter> sorter_;  ///< where rows are sorted
  std::string line_;
  std::int64_t greatest_end_ = 0;
  std::string last_name_;
  std::optional<std::uint64_t> last_record_;
  bool names_repeat_ = false;  ///< two records of one name in a row
};

}  // namespace iresweep
