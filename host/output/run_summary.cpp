#include "host/output/run_summary.h"

#include <fmt/format.h>

#include <cmath>
#include <nlohmann/json.hpp>

namespace iresweep {
namespace {

using Json = nlohmann::ordered_json;
using Threshold = RunSummary::Threshold;

const char* name_of(Report report) {
  switch (report) {
    case Report::regions:
      return "regions";
    case Report::windows:
      return "windows";
    case Report::best:
      break;
  }
  return "best";
}

const char* name_of(Threshold::Source source) {
  switch (source) {
    case Threshold::Source::given:
      return "given";
    case Threshold::Source::null_rate:
      return "null rate";
    case Threshold::Source::standard:
      break;
  }
  return "default";
}

double per_second(const RunSummary& summary) {
  return summary.seconds > 0 ? double(summary.counts.windows - summary.recalled) / summary.seconds : 0;
}

Json by_reason(const std::vector<std::pair<std::string, std::uint64_t>>& counts) {
  Json json = Json::object();
  for (const auto& [why, count] : counts) json[why] = count;
  return json;
}

// Of a file that was read in part neither size nor checksum is known.
Json json_of(const InputFacts& input) {
  const bool whole = !input.checksum.empty();
  return {{"path", input.path},
          {"bytes", whole ? Json(input.bytes) : Json(nullptr)},
          {"xxh3_128", whole ? Json(input.checksum) : Json(nullptr)},
          {"records", input.records},
          {"empty_records", input.empty_records},
          {"bases", input.bases},
          {"missing_bases", input.missing_bases},
          {"skipped", by_reason(input.skipped)}};
}

// JSON has no infinity: a threshold of 0 or 1 has no logit there.
Json json_of(const Threshold& threshold) {
  Json json = {{"score", threshold.score},
               {"logit", std::isfinite(threshold.logit) ? Json(threshold.logit) : Json(nullptr)},
               {"chosen", name_of(threshold.source)}};
  if (threshold.null_rate) json["null_rate"] = *threshold.null_rate;
  return json;
}

Json json_of(const CallCounts& counts) {
  return {{"windows", counts.windows},
          {"too_many_missing_bases", counts.missing},
          {"called", counts.called},
          {"loci", counts.loci},
          {"records_with_call", counts.records_with_call},
          {"rows", counts.rows},
          {"called_by_composition", counts.expected_by_chance ? Json(*counts.expected_by_chance) : Json(nullptr)}};
}

struct Totals {
  std::uint64_t records = 0, empty_records = 0, bases = 0;
};

Totals totals(const RunSummary& summary) {
  Totals totals;
  for (const InputFacts& input : summary.inputs) {
    totals.records += input.records;
    totals.empty_records += input.empty_records;
    totals.bases += input.bases;
  }
  return totals;
}

std::string plural(std::uint64_t count, const char* what, const char* many) {
  return fmt::format("{} {}", count, count == 1 ? what : many);
}

std::string skipped_line(const InputFacts& input) {
  std::string line;
  for (const auto& [why, count] : input.skipped)
    line += fmt::format("{}{} {}", line.empty() ? "skipped reads: " : ", ", count, why);
  return line.empty() ? line : line + '\n';
}

std::string called_line(const RunSummary& summary) {
  const CallCounts& counts = summary.counts;
  std::string line = fmt::format("called: {} at score > {:.6g}, {} on {}", plural(counts.called, "window", "windows"),
                                 summary.threshold->score, plural(counts.loci, "locus", "loci"),
                                 plural(counts.records_with_call, "record", "records"));
  if (counts.expected_by_chance)
    line += fmt::format("; composition alone would call about {:.0f} windows", *counts.expected_by_chance);
  return line + '\n';
}

}  // namespace

std::string summary_json(const RunSummary& summary) {
  const auto [records, empty_records, bases] = totals(summary);
  Json inputs = Json::array();
  for (const InputFacts& input : summary.inputs) inputs.push_back(json_of(input));
  const Json json = {
      {"version", summary.version},
      {"command", summary.command},
      {"inputs", inputs},
      {"records", records},
      {"empty_records", empty_records},
      {"bases", bases},
      {"model",
       {{"name", summary.model.name},
        {"xxh3_128", summary.model.hash},
        {"window", summary.model.window},
        {"step", summary.model.step},
        {"null_table", summary.model.has_null_table}}},
      {"report", name_of(summary.report)},
      {"threshold", summary.threshold ? json_of(*summary.threshold) : Json(nullptr)},
      {"strands", summary.strands},
      {"step", summary.step},
      {"max_missing", summary.max_missing},
      {"counts", json_of(summary.counts)},
      {"windows_outside", summary.outside},
      {"transcripts_left_out", by_reason(summary.left_out)},
      {"device", summary.device},
      {"threads", summary.threads},
      {"windows_of_an_earlier_run", summary.recalled},
      {"seconds", summary.seconds},
      {"windows_per_second", per_second(summary)},
      {"peak_memory_bytes", summary.peak_memory},
  };
  // A path may hold any byte; what is no UTF-8 is shown as U+FFFD.
  return json.dump(2, ' ', false, Json::error_handler_t::replace) + '\n';
}

void write_summary(const RunSummary& summary, OutputFile& file) {
  file.write(summary_json(summary));
  file.commit();
}

std::string closing_lines(const RunSummary& summary) {
  const auto [records, empty_records, bases] = totals(summary);
  const CallCounts& counts = summary.counts;
  std::string lines = fmt::format("iresweep {}: {}\n", summary.version, summary.command);
  lines +=
      fmt::format("read: {}{}, {:.3f} Mb\n", plural(records, "record", "records"),
                  empty_records ? fmt::format(" ({} empty, without a row)", empty_records) : "", double(bases) * 1e-6);
  for (const InputFacts& input : summary.inputs) lines += skipped_line(input);
  lines += fmt::format("scored: {} on {}", plural(counts.windows, "window", "windows"), summary.device);
  if (counts.missing)
    lines += fmt::format("; {} with more than {} missing bases, {}", counts.missing, summary.max_missing,
                         summary.report == Report::best ? "whose scores mean little" : "not called");
  if (summary.recalled) lines += fmt::format("; {} of them by the run that this one went on with", summary.recalled);
  if (summary.outside)
    lines += fmt::format("; {} not, with less than half of their bases in a feature, under reads or on the genome",
                         summary.outside);
  lines += '\n';
  if (summary.threshold) lines += called_line(summary);
  lines += fmt::format("written: {}\n", plural(counts.rows, "row", "rows"));
  lines += fmt::format("time: {:.2f} s, {:.0f} windows/s, {:.2f} Mb/s; peak memory: {:.0f} MB\n", summary.seconds,
                       per_second(summary), summary.seconds > 0 ? double(bases) * 1e-6 / summary.seconds : 0,
                       double(summary.peak_memory) * 1e-6);
  return lines;
}

}  // namespace iresweep
