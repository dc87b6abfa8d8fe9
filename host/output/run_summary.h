// What a run was and did: as JSON for records, as a few lines for people.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "host/input/sequence_source.h"
#include "host/output/output_file.h"
#include "host/scan/caller.h"

namespace iresweep {

struct RunSummary {
  std::string version, command;
  std::vector<InputFacts> inputs;

  struct {
    std::string name, hash;
    int window = 0, step = 0;
    bool has_null_table = false;
  } model;

  /// Absent for a `best` report without one.
  struct Threshold {
    enum class Source { given, null_rate, standard };
    double score = 0, logit = 0;
    Source source = Source::standard;  ///< --threshold, --null-rate, or the default
    std::optional<double> null_rate;   ///< the rate asked for, where the threshold comes from one
  };
  std::optional<Threshold> threshold;

  Report report = Report::regions;
  std::string strands = "+";  ///< "+", "-" or "both"
  int step = 0, max_missing = 0;
  CallCounts counts;
  std::uint64_t outside = 0;   ///< windows not scored: less than half of them in a feature, under reads, on the genome
  std::uint64_t recalled = 0;  ///< windows that a run before this one had scored, which it went on with
  /// Transcripts that were not scanned: why, and how many; with an annotation only.
  std::vector<std::pair<std::string, std::uint64_t>> left_out;

  std::string device;  ///< Engine::Description::text
  int threads = 0;
  double seconds = 0;             ///< wall time of the scan
  std::uint64_t peak_memory = 0;  ///< bytes
};

/// Indented JSON, keys in a fixed order, a line end last.
std::string summary_json(const RunSummary& summary);

/// summary_json() into the file, which then appears under its name. Throws Error.
void write_summary(const RunSummary& summary, OutputFile& file);

/// Closing lines for people; each ends with a line end.
std::string closing_lines(const RunSummary& summary);

}  // namespace iresweep
