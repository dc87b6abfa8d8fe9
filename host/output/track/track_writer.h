// The track of a scan: a value a window, a file a strand.
#pragma once
#include <array>
#include <cstdint>
#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

#include "host/output/track/track_file.h"
#include "host/output/track/value_spool.h"
#include "host/output/track/window_drawing.h"

namespace iresweep {

enum class TrackFormat { bigwig, bedgraph };

struct TrackOptions {
  std::string prefix;
  TrackFormat format = TrackFormat::bigwig;
  bool plus = true, minus = false;  ///< strands of the contigs that can have values: each is a file
  int step = kPublishedStep, max_missing = 0;
  std::string track_name = {};  ///< of a UCSC track line before a bedGraph; empty: none
};

/// PREFIX.plus.bw, PREFIX.minus.bw; .bedgraph in place of .bw.
std::string track_path(const TrackOptions& options, Strand strand);

/// Values wait in scratch files until the scan is over, in bounded memory. Their order, and so the bytes of the files,
/// do not depend on the jobs.
class TrackWriter {
 public:
  /// `contigs` are those that the records lie on. A bedGraph has them in this order, and takes any others, behind, as
  /// they come; a bigWig needs all, each with a name of its own. Throws Error, also when no file can be made.
  TrackWriter(TrackOptions options, std::vector<Contig> contigs);

  /// Scored jobs in order. Throws Error.
  void take(const Job& job) { drawing_.take(job); }
  /// After the last job: completes the files, under temporary names.
  void close();
  void commit();

  /// Names of the files until commit().
  std::vector<std::string> temporary_paths() const;

 private:
  struct StrandTrack {
    ValueSpool spool;
    std::unique_ptr<TrackFile> file;
  };
  std::unique_ptr<TrackFile> make_file(Strand strand) const;
  void draw(const Stroke& stroke);
  void add(const std::string& contig, Strand strand, Interval stretch, float value);
  std::uint32_t number_of(const std::string& contig);

  const TrackOptions options_;
  std::vector<Contig> contigs_;
  std::unordered_map<std::string, std::uint32_t> numbers_;
  WindowDrawing drawing_;
  std::array<std::unique_ptr<StrandTrack>, 2> strands_;  ///< plus, minus
};

}  // namespace iresweep
