// What is scored: files, and which parts of them.
#pragma once
#include <CLI/CLI.hpp>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "host/input/sequence_source.h"
#include "host/output/hit_format.h"

namespace iresweep::cli {

struct InputOptions {
  std::vector<std::string> files;
  std::string name_until;
  std::optional<std::string> regions, regions_file;

  /// All files that are read, for checks against the outputs.
  std::vector<std::string> all_files() const;
};

/// Declares INPUT and the options of its group; parsing fills `options`, which must stay where it is.
void declare_input_options(CLI::App& scan, InputOptions& options);

/// What the parser alone cannot see. Throws UsageError.
void check_input_options(const InputOptions& options);

struct OpenInput {
  std::unique_ptr<SequenceSource> source;
  RecordKind records = RecordKind::contigs;
};

/// Opens the input as the options say, and tells of indexes that were made and regions that were cut. `threads`
/// decompress. Throws Error.
OpenInput open_input(const InputOptions& options, int threads);

}  // namespace iresweep::cli
