// The track of a scan: a value a window, a file a strand.
#pragma once
#include <string>
#include <utility>
#include <vector>

#include "host/output/track/strand_files.h"
#include "host/output/track/window_drawing.h"

namespace iresweep {

struct TrackOptions {
  std::string prefix;
  TrackFormat format = TrackFormat::bigwig;
  bool plus = true, minus = false;  ///< strands of the contigs that can have values: each is a file
  int step = kPublishedStep, max_missing = 0;
  std::string track_name = {};  ///< of a UCSC track line before a bedGraph; empty: none
};

/// PREFIX.plus.bw, PREFIX.minus.bw; .bedgraph in place of .bw.
std::string track_path(const TrackOptions& options, Strand strand);

/// The files' bytes do not depend on the jobs; see StrandFiles.
class TrackWriter {
 public:
  /// `contigs`: see StrandFiles.
  TrackWriter(const TrackOptions& options, std::vector<Contig> contigs);

  /// Scored jobs in order. Throws Error.
  void take(const Job& job) { drawing_.take(job); }
  /// After the last job: completes the files, under temporary names.
  void close();
  void commit() { files_.commit(); }

  /// Names of the files until commit().
  std::vector<std::string> temporary_paths() const { return files_.temporary_paths(); }

 private:
  StrandFiles files_;
  WindowDrawing drawing_;
};

}  // namespace iresweep
