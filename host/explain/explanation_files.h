// All files of an explanation: a table or arrays, tracks, a picture. They appear together, when all are complete.
#pragma once
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "host/explain/explanation_arrays.h"
#include "host/explain/explanation_page.h"
#include "host/explain/explanation_table.h"
#include "host/explain/explanation_tracks.h"

namespace iresweep {

struct ExplanationFileOptions {
  enum class Kind { tsv, tsv_gz, npz };
  std::string path;  ///< "-" or "": standard output, a table
  Kind kind = Kind::tsv;
  std::string
      svg;  ///< of the window of the highest score, of equal ones the first; empty: none. There is none of no window
  std::string html;               ///< a page about its record, whose profile windows then must have; empty: none
  PageFacts facts;                ///< for the page
  ExplanationTrackOptions track;  ///< an empty prefix: none
};

class ExplanationFiles : public ExplanationSink {
 public:
  /// `contigs` are for the tracks: see StrandFiles. Throws Error when a file cannot be made.
  ExplanationFiles(const ExplanationFileOptions& options, const Methods& methods, const std::vector<Contig>& contigs);

  void write(const Explanation& explanation) override;
  /// After the last: completes all files, and then gives them their names.
  void commit();

  /// Names of the files until commit().
  std::vector<std::string> temporary_paths() const;

 private:
  const Methods methods_;
  const PageFacts facts_;
  std::unique_ptr<ExplanationTable> table_;
  std::unique_ptr<ExplanationArrays> arrays_;
  std::unique_ptr<ExplanationTracks> tracks_;
  std::unique_ptr<OutputFile> svg_, html_;
  std::optional<Explanation> best_;  ///< for the picture and the page
};

}  // namespace iresweep
