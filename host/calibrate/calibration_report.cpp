#include "host/calibrate/calibration_report.h"

#include <fmt/format.h>

#include <array>
#include <filesystem>
#include <nlohmann/json.hpp>

namespace iresweep {
namespace {

/// Rates of the three kinds of windows: shuffled, real, antisense.
using Rates = std::array<double, 3>;

std::array<const LogitCounts*, 3> kinds(const Calibration& result) {
  return {&result.shuffled, &result.real, &result.antisense};
}

Rates rates(const Calibration& result, double logit, UGroup group = {0, kWindow}) {
  Rates found{};
  for (std::size_t kind = 0; kind < found.size(); ++kind)
    found[kind] = kinds(result)[kind]->share_reaching(logit, group.least, group.most);
  return found;
}

std::string percent(double share) { return fmt::format("{:.3g}%", 100 * share); }

std::string grouped(std::uint64_t number) {
  const std::string digits = std::to_string(number);
  std::string out;
  for (std::size_t i = 0; i < digits.size(); ++i) {
    if (i > 0 && (digits.size() - i) % 3 == 0) out += ',';
    out += digits[i];
  }
  return out;
}

std::string u_content(UGroup group) {
  return fmt::format("{:.2f}-{:.2f}", double(group.least) / kWindow, double(group.most) / kWindow);
}

std::uint64_t total(const Calibration& result, std::uint64_t InputFacts::*count) {
  std::uint64_t sum = 0;
  for (const InputFacts& file : result.inputs) sum += file.*count;
  return sum;
}

nlohmann::ordered_json rates_json(const Rates& values) {
  return {{"shuffled", values[0]}, {"real", values[1]}, {"antisense", values[2]}};
}

}  // namespace

std::string calibration_text(const Calibration& result) {
  const StretchCounts& stretches = result.stretches;
  std::string text = fmt::format(
      "transcripts   {} records, {} bases; {} windows without missing bases, step {}\n"
      "left out      {} missing bases, {} bases in {} stretches shorter than {}\n"
      "null table    {} windows of dinucleotide shuffles ({} of each transcript, seed {}), {} entries\n\n",
      grouped(total(result, &InputFacts::records)), grouped(total(result, &InputFacts::bases)),
      grouped(result.real.windows()), result.options.step, grouped(stretches.missing_bases),
      grouped(stretches.short_bases), grouped(stretches.short_stretches), kWindow, grouped(result.shuffled.windows()),
      grouped(result.repeats), result.options.seed, grouped(result.null_table.logit.size()));

  const Rates half = rates(result, 0), standard = rates(result, result.threshold_logit);
  constexpr std::array names = {"shuffled", "as they are", "reverse complement"};
  text += fmt::format("{:<20} {:>12} {:>16}\n", "windows scoring above", "0.5",
                      fmt::format("{:.4f} (default)", score_of(result.threshold_logit)));
  for (std::size_t kind = 0; kind < names.size(); ++kind)
    text += fmt::format("  {:<19} {:>12} {:>16}\n", names[kind], percent(half[kind]), percent(standard[kind]));

  text += fmt::format("\nby U content, in tenths of the shuffled windows\n{:<11} {:>10} {:>10} {:>10} {:>10}\n", "",
                      "shuffled", "shuffled", "real", "antisense");
  text +=
      fmt::format("  {:<9} {:>10} {:>10} {:>10} {:>10}\n", "U content", "> 0.5", "> default", "> default", "> default");
  for (const UGroup group : u_deciles(result.shuffled)) {
    const Rates above = rates(result, result.threshold_logit, group);
    text += fmt::format("  {:<9} {:>10} {:>10} {:>10} {:>10}\n", u_content(group), percent(rates(result, 0, group)[0]),
                        percent(above[0]), percent(above[1]), percent(above[2]));
  }
  text += fmt::format("correlation of score and U content: {:.2f} shuffled, {:.2f} real\n",
                      result.shuffled.correlation_with_u(), result.real.correlation_with_u());
  return text;
}

std::string calibration_json(const Calibration& result, const std::string& model_name, const std::string& model_hash) {
  nlohmann::ordered_json json;
  json["model"] = {{"name", model_name}, {"hash", model_hash}};
  json["inputs"] = nlohmann::ordered_json::array();
  for (const InputFacts& file : result.inputs)
    json["inputs"].push_back({{"path", file.path},
                              {"bytes", file.bytes},
                              {"xxh3_128", file.checksum},
                              {"records", file.records},
                              {"bases", file.bases}});
  json["step"] = result.options.step;
  json["seed"] = result.options.seed;
  json["left_out"] = {{"missing_bases", result.stretches.missing_bases},
                      {"short_stretches", result.stretches.short_stretches},
                      {"short_bases", result.stretches.short_bases}};
  json["shuffles_of_each"] = result.repeats;
  json["windows"] = {{"shuffled", result.shuffled.windows()},
                     {"real", result.real.windows()},
                     {"antisense", result.antisense.windows()}};
  json["null_table_entries"] = result.null_table.logit.size();
  json["null_rate"] = result.options.null_rate;
  json["threshold"] = {{"score", score_of(result.threshold_logit)}, {"logit", result.threshold_logit}};
  json["rates_at_half"] = rates_json(rates(result, 0));
  json["rates_at_threshold"] = rates_json(rates(result, result.threshold_logit));
  json["correlation_with_u"] = rates_json(
      {result.shuffled.correlation_with_u(), result.real.correlation_with_u(), result.antisense.correlation_with_u()});
  json["by_u_content"] = nlohmann::ordered_json::array();
  for (const UGroup group : u_deciles(result.shuffled))
    json["by_u_content"].push_back({{"least_u", group.least},
                                    {"most_u", group.most},
                                    {"shuffled_windows", result.shuffled.windows(group.least, group.most)},
                                    {"rates_at_half", rates_json(rates(result, 0, group))},
                                    {"rates_at_threshold", rates_json(rates(result, result.threshold_logit, group))}});
  return json.dump(2, ' ', false, nlohmann::ordered_json::error_handler_t::replace) + "\n";
}

std::map<std::string, std::string> calibration_provenance(const Calibration& result) {
  std::string made = fmt::format("{} windows, step {}, of {} dinucleotide shuffles of each transcript, seed {}; from",
                                 result.shuffled.windows(), result.options.step, result.repeats, result.options.seed);
  for (const InputFacts& file : result.inputs)
    made += fmt::format(" {} ({} records, XXH3-128 {})", std::filesystem::path(file.path).filename().string(),
                        file.records, file.checksum);
  std::string by_u =
      fmt::format("share of shuffled windows above {:.6g}, by U content:", double(score_of(result.threshold_logit)));
  for (const UGroup group : u_deciles(result.shuffled))
    by_u += fmt::format(" {} {:.3g};", u_content(group), rates(result, result.threshold_logit, group)[0]);
  by_u.pop_back();
  return {{"null_table", made}, {"null_table_by_u", by_u}};
}

}  // namespace iresweep
