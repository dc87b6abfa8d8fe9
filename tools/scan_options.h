// The command line of `iresweep scan`: declared, checked, and nothing done yet.
#pragma once
#include <string>

#include "host/journal/shard.h"
#include "host/output/line_sorter.h"
#include "host/output/output_format.h"
#include "host/scan/caller.h"
#include "tools/cli_fwd.h"
#include "tools/common_options.h"
#include "tools/input_options.h"
#include "tools/threshold.h"
#include "tools/track_options.h"

namespace iresweep::cli {

struct ScanOptions {
  InputOptions input;
  TrackChoice track;
  std::string output = "-", summary, html_report, model = kBuiltinName;
  std::string report_name = "regions", strand_name = "+";
  std::string sort_name = "input", track_line, shard_name;
  bool collapse = false, resume = false;
  int step = 50, max_missing = 8;
  ThresholdOptions calling;
  EngineOptions engine;
  MessageOptions messages;

  Report report() const;
  RowOrder order() const;
  std::optional<Shard> shard() const { return parse_shard(shard_name); }
  bool plus() const { return strand_name != "-"; }
  bool minus() const { return strand_name != "+"; }
};

/// -o and the other files that a scan may write. Parsing fills `options`, which must stay where it is.
void declare_output_files(CLI::App& app, ScanOptions& options);

/// Declares the options; parsing fills `options`, which must stay where it is.
void declare_scan_options(CLI::App& scan, ScanOptions& options);

/// What the parser alone cannot see: combinations, names of files. Returns the output's format. Throws UsageError.
OutputFormat check_scan_options(const ScanOptions& options);

}  // namespace iresweep::cli
