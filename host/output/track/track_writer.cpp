#include "host/output/track/track_writer.h"

#include <algorithm>

namespace iresweep {

std::string track_path(const TrackOptions& options, Strand strand) {
  return strand_file_path(options.prefix, options.format, strand);
}

TrackWriter::TrackWriter(const TrackOptions& options, std::vector<Contig> contigs)
    : files_({options.prefix, options.format, options.plus, options.minus, std::min(options.step, kWindow),
              options.track_name, "type=bedGraph autoScale=off viewLimits=0:1"},
             std::move(contigs)),
      drawing_(options.step, options.max_missing,
               [this](const Stroke& stroke) { files_.add(stroke.record, stroke.strand, stroke.bases, stroke.score); }) {
}

void TrackWriter::close() {
  drawing_.finish();
  files_.close();
}

}  // namespace iresweep
