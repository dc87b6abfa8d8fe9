// The options of `iresweep explain`.
#pragma once
#include <string>
#include <vector>

#include "host/explain/explanation_files.h"
#include "host/explain/window_chooser.h"
#include "host/input/genome/bed_source.h"
#include "tools/cli_fwd.h"
#include "tools/common_options.h"

namespace iresweep::cli {

struct ExplainOptions {
  std::vector<std::string> inputs, genome;  ///< FASTA; with a genome one BED
  std::string name_until;
  std::string rows_name;  ///< empty: thick
  std::string windows_name = "best";
  int step = kPublishedStep, max_missing = 8;
  std::string model = kBuiltinName;
  std::vector<std::string> named_methods;  ///< none: all
  int deletion = 0;
  std::string output, svg, html, track, track_format_name = "bigwig";
  EngineOptions engine;
  MessageOptions messages;

  WindowChoice choice() const { return windows_name == "all" ? WindowChoice::all : WindowChoice::best; }
  RowPart row_part() const { return rows_name == "whole" ? RowPart::whole : RowPart::thick; }
  Methods methods() const;
  TrackFormat track_format() const {
    return track_format_name == "bedgraph" ? TrackFormat::bedgraph : TrackFormat::bigwig;
  }
};

/// Parsing fills `options`, which must stay where it is.
void declare_explain_options(CLI::App& app, ExplainOptions& options);

/// What the parser alone cannot see; the files that are written. Throws UsageError.
ExplanationFileOptions check_explain_options(const ExplainOptions& options);

}  // namespace iresweep::cli
