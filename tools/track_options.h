// `iresweep scan --track`: a value a window, for browsers.
#pragma once
#include <memory>
#include <string>
#include <vector>

#include "host/output/track/track_writer.h"
#include "tools/cli_fwd.h"
#include "tools/input_options.h"

namespace iresweep::cli {

struct ScanOptions;

struct TrackChoice {
  std::string prefix;  ///< empty: none
  std::string format_name = "bigwig";

  TrackFormat format() const { return format_name == "bedgraph" ? TrackFormat::bedgraph : TrackFormat::bigwig; }
  /// The files that it may become.
  std::vector<std::string> paths() const;
};

/// Parsing fills `choice`, which must stay where it is.
void declare_track_options(CLI::App& scan, TrackChoice& choice, const char* group);

/// What the parser alone cannot see. Throws UsageError.
void check_track_choice(const TrackChoice& choice, const InputOptions& input);

/// Null where no track is asked for. For a bigWig of whole records the input is read through once, for their sizes.
/// Throws Error.
std::unique_ptr<TrackWriter> open_track(const ScanOptions& options, const SequenceSource& source, RecordKind records);

}  // namespace iresweep::cli
