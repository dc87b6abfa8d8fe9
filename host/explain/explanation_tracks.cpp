#include "host/explain/explanation_tracks.h"

#include <fmt/format.h>

#include <cmath>

namespace iresweep {

std::string track_prefix(const std::string& prefix, std::string_view method) {
  return fmt::format("{}.{}", prefix, method);
}

ExplanationTracks::ExplanationTracks(const ExplanationTrackOptions& options, const Methods& methods,
                                     const std::vector<Contig>& contigs) {
  for (const PositionValue& value : position_values(methods))
    tracks_.push_back({value, std::make_unique<StrandFiles>(StrandFileOptions{track_prefix(options.prefix, value.name),
                                                                              options.format, true, options.minus},
                                                            contigs)});
}

void ExplanationTracks::write(const Explanation& explanation) {
  for (const Track& track : tracks_)
    for (int t = 0; t < kWindow; ++t) {
      const std::int64_t base = explanation.window.base(t);
      const double value = track.value.of(explanation, t);
      if (base >= 0 && !std::isnan(value))
        track.files->add(*explanation.window.record, Strand::plus, {base, base + 1}, float(value));
    }
}

void ExplanationTracks::close() {
  for (const Track& track : tracks_) track.files->close();
}

void ExplanationTracks::commit() {
  for (const Track& track : tracks_) track.files->commit();
}

std::vector<std::string> ExplanationTracks::temporary_paths() const {
  std::vector<std::string> paths;
  for (const Track& track : tracks_)
    for (const std::string& path : track.files->temporary_paths()) paths.push_back(path);
  return paths;
}

}  // namespace iresweep
