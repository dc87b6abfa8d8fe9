// Explanations as tracks for genome browsers: a file a method and strand.
#pragma once
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "host/explain/methods.h"
#include "host/output/track/strand_files.h"

namespace iresweep {

struct ExplanationTrackOptions {
  std::string prefix;
  TrackFormat format = TrackFormat::bigwig;
  bool minus = false;  ///< windows may lie on the minus strand of their contigs
};

/// PREFIX.gradcam.plus.bw and so on, without the ending of the strand: what StrandFiles takes.
std::string track_prefix(const std::string& prefix, std::string_view method);

/// Every base of a window has the method's value; where windows overlap, the largest.
class ExplanationTracks : public ExplanationSink {
 public:
  /// `contigs`: see StrandFiles.
  ExplanationTracks(const ExplanationTrackOptions& options, const Methods& methods, const std::vector<Contig>& contigs);

  void write(const Explanation& explanation) override;
  void close();
  void commit();
  std::vector<std::string> temporary_paths() const;

 private:
  struct Track {
    PositionValue value;
    std::unique_ptr<StrandFiles> files;
  };
  std::vector<Track> tracks_;
};

}  // namespace iresweep
