#include "host/measure/measure_report.h"

#include <fmt/format.h>
#include <stdlib.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <fstream>
#include <nlohmann/json.hpp>

namespace iresweep {
namespace {

/// Seconds; below, a pass says little of the rate of a long one.
constexpr double kShortPass = 0.5;

using Json = nlohmann::ordered_json;

std::string grouped(double number) {
  const std::string digits = fmt::format("{:.0f}", number);
  std::string out;
  for (std::size_t i = 0; i < digits.size(); ++i) {
    if (i > 0 && (digits.size() - i) % 3 == 0) out += ',';
    out += digits[i];
  }
  return out;
}

std::string cpu_name() {
  std::ifstream file("/proc/cpuinfo");
  for (std::string line; std::getline(file, line);)
    if (line.starts_with("model name"))
      if (const auto colon = line.find(": "); colon != std::string::npos) return line.substr(colon + 2);
  return "unknown";
}

/// How busy GPUs were with kernels: "93%"; "-" on a CPU.
std::string gpu_share(const std::vector<Repeat>& repeats) {
  double busy = 0, seconds = 0;
  for (const Repeat& repeat : repeats) {
    if (!repeat.gpu_seconds) return "-";
    busy += *repeat.gpu_seconds, seconds += repeat.seconds;
  }
  return fmt::format("{:.0f}%", 100 * busy / seconds);
}

/// A row's first column is as wide as the longest name.
std::size_t name_width(const BenchReport& report) {
  std::size_t width = 12;
  for (const auto* results : {&report.engines, &report.scans})
    for (const Throughput& result : *results) width = std::max(width, result.device.text.size());
  return width;
}

std::string figures(const Throughput& result, std::size_t width) {
  const auto [median, lowest, highest] = windows_per_second(result.repeats);
  return fmt::format("{:<{}} {:>13} {:>13} {:>13} {:>9.2f} {:>5}", result.device.text, width, grouped(median),
                     grouped(lowest), grouped(highest), megabases_per_second(result.repeats),
                     gpu_share(result.repeats));
}

std::string heading(const char* what, std::size_t width) {
  return fmt::format("{:<{}} {:>13} {:>13} {:>13} {:>9} {:>5}", what, width, "windows/s", "lowest", "highest", "Mb/s",
                     "GPU");
}

/// Shares of the time of all repeats that a thread of each stage was at work.
struct Busy {
  double read = 0, score = 0, write = 0;
};

Busy busy(const Throughput& scan) {
  Busy sum;
  double seconds = 0;
  for (std::size_t i = 0; i < scan.repeats.size(); ++i) {
    seconds += scan.repeats[i].seconds;
    sum.read += scan.stages[i].read, sum.score += scan.stages[i].score, sum.write += scan.stages[i].write;
  }
  return {sum.read / seconds, sum.score / (seconds * scan.threads), sum.write / seconds};
}

std::string joined(const std::vector<std::string>& names) {
  std::string text;
  for (const std::string& name : names) text += (text.empty() ? "" : " ") + name;
  return text;
}

Json json_of(const Throughput& result) {
  const auto [median, lowest, highest] = windows_per_second(result.repeats);
  Json json = {{"device", result.device.text},
               {"kind", result.device.kind},
               {"isa", result.device.isa},
               {"threads", result.threads},
               {"batch_windows", result.batch_windows},
               {"windows_per_second", {{"median", median}, {"lowest", lowest}, {"highest", highest}}},
               {"megabases_per_second", megabases_per_second(result.repeats)},
               {"repeats", Json::array()}};
  for (std::size_t i = 0; i < result.repeats.size(); ++i) {
    const Repeat& repeat = result.repeats[i];
    Json entry = {{"seconds", repeat.seconds}, {"windows", repeat.windows}, {"bases", repeat.bases}};
    if (repeat.gpu_seconds) entry["gpu_seconds"] = *repeat.gpu_seconds;
    if (i < result.stages.size()) {
      const auto& [read, score, write] = result.stages[i];
      entry["stage_seconds"] = {{"read", read}, {"score", score}, {"write", write}};
    }
    json["repeats"].push_back(std::move(entry));
  }
  return json;
}

Json json_of(const std::vector<Throughput>& results) {
  Json list = Json::array();
  for (const Throughput& result : results) list.push_back(json_of(result));
  return list;
}

}  // namespace

NodeFacts node_facts(int usable_cpus) {
  std::array<char, 256> name{};
  gethostname(name.data(), name.size() - 1);
  double load = 0;
  if (getloadavg(&load, 1) != 1) load = 0;
  return {name.data(), cpu_name(), usable_cpus, load};
}

std::string bench_text(const BenchReport& report) {
  const MeasureOptions& options = report.options;
  const std::size_t width = name_width(report);
  const std::string repeats = fmt::format("{} repeat{}", options.repeats, options.repeats == 1 ? "" : "s");
  std::string text = fmt::format(
      "{}: {}, {} CPUs may be used, load {:.1f}\n"
      "windows a second: the median of {} after a warm-up, step {}\n\n{}\n",
      report.node.name, report.node.cpu, report.node.usable_cpus, report.node.load, repeats, options.step,
      heading("engine alone", width));
  for (const Throughput& engine : report.engines) text += figures(engine, width) + '\n';
  text += report.inputs.empty() ? fmt::format("  of made-up records of {} bases, {:.3g} s and more a repeat\n",
                                              kMadeUpBases, options.seconds)
                                : fmt::format("  of the first windows of {}, {:.3g} s and more a repeat\n",
                                              joined(report.inputs), options.seconds);
  if (report.scans.empty()) return text;
  text += fmt::format("\n{} {:>8} {:>8} {:>8}\n", heading("whole scan", width), "reading", "scoring", "writing");
  for (const Throughput& scan : report.scans) {
    const Busy share = busy(scan);
    text += fmt::format("{} {:>7.0f}% {:>7.0f}% {:>7.0f}%\n", figures(scan, width), 100 * share.read, 100 * share.score,
                        100 * share.write);
  }
  text += fmt::format("  of {}, a whole pass a repeat; the shares of the time that each stage is at work\n",
                      joined(report.inputs));
  if (report.scans.front().repeats.front().seconds < kShortPass)
    text += "  a pass is so short that setting up is most of it: more sequences say more\n";
  return text;
}

std::string bench_json(const BenchReport& report) {
  const MeasureOptions& options = report.options;
  const Json json = {
      {"version", report.version},
      {"command", report.command},
      {"node",
       {{"name", report.node.name},
        {"cpu", report.node.cpu},
        {"usable_cpus", report.node.usable_cpus},
        {"load_before", report.node.load}}},
      {"model", {{"name", report.model_name}, {"xxh3_128", report.model_hash}}},
      {"inputs", report.inputs},
      {"step", options.step},
      {"least_seconds", options.seconds},
      {"warm_up_seconds", options.warm_up},
      {"engines", json_of(report.engines)},
      {"scans", json_of(report.scans)},
  };
  // A path may hold any byte; what is no UTF-8 is shown as U+FFFD.
  return json.dump(2, ' ', false, Json::error_handler_t::replace) + '\n';
}

}  // namespace iresweep
