#include "tools/run_facts.h"

#include <fmt/chrono.h>
#include <fmt/format.h>
#include <sys/stat.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <memory>
#include <string>
#include <string_view>

#include "host/model/xxh3_hex.h"
#include "iresweep/error.h"
#include "tools/paths.h"

namespace iresweep::cli {
namespace {

// Of the device its kind and instruction set are facts, whatever it was asked for by.
constexpr std::array kIndifferent = {"--output",  "--html-report",   "--summary", "--resume", "--shard",
                                     "--threads", "--batch-windows", "--device",  "--isa",    "--no-progress",
                                     "--quiet",   "--verbose",       "--conv"};
// Files of the input have any names but this; where an error shows it, it is a blank.
constexpr std::string_view kBetweenValues("\0", 1);
constexpr std::string_view kOption = "--", kFiles = "INPUT";
constexpr std::array kIndexes = {".fai", ".gzi", ".bai", ".csi", ".crai", ".tbi"};

struct CloseFile {
  void operator()(std::FILE* file) const { std::fclose(file); }
};

[[noreturn]] void fail_reading(const std::string& path) {
  throw Error(fmt::format("cannot read: {}", std::strerror(errno)), path, "see that it is still there, and sound");
}

std::string facts_of(const std::string& path) {
  struct stat facts {};
  if (::stat(path.c_str(), &facts) != 0) fail_reading(path);
  return fmt::format("{} bytes, changed {:%Y-%m-%d %H:%M:%S}.{:09} UTC", facts.st_size,
                     fmt::gmtime(facts.st_mtim.tv_sec), facts.st_mtim.tv_nsec);
}

void add_index(RunFacts& facts, const std::string& path) {
  const std::unique_ptr<std::FILE, CloseFile> file(std::fopen(path.c_str(), "rb"));
  if (!file) return;
  std::string bytes;
  std::array<char, 1 << 16> part;
  while (const std::size_t got = std::fread(part.data(), 1, part.size(), file.get())) bytes.append(part.data(), got);
  if (std::ferror(file.get())) fail_reading(path);
  facts[kIndexFact + path] = xxh3_hex(bytes);
}

}  // namespace

RunFacts given_options(const CLI::App& scan) {
  RunFacts facts;
  for (const CLI::Option* option : scan.get_options()) {
    const std::string name = option->get_name();
    if (option->count() > 0 && std::find(kIndifferent.begin(), kIndifferent.end(), name) == kIndifferent.end())
      facts[name] = fmt::format("{}", fmt::join(option->results(), kBetweenValues));
  }
  return facts;
}

void give_options(CLI::App& scan, const RunFacts& facts) {
  for (const auto& [what, value] : facts) {
    if (!what.starts_with(kOption) && what != kFiles) continue;
    CLI::Option* option = scan.get_option_no_throw(what);
    try {
      if (!option) throw CLI::OptionNotFound(what);
      for (std::size_t begin = 0; begin <= value.size();) {
        const std::size_t end = std::min(value.find(kBetweenValues, begin), value.size());
        option->add_result(value.substr(begin, end - begin));
        begin = end + kBetweenValues.size();
      }
      option->run_callback();
    } catch (const CLI::Error& error) {
      throw Error(fmt::format("the recorded options cannot be read: {}", error.what()), what,
                  "use the version of iresweep that has recorded them");
    }
  }
}

RunFacts input_facts(const InputOptions& input) {
  RunFacts facts;
  for (const std::string& path : input.all_files()) {
    if (is_stream(path)) continue;
    facts[path] = facts_of(path);
    for (const char* index : kIndexes) add_index(facts, path + index);
  }
  return facts;
}

RunFacts model_facts(const Model& model) {
  return {{"the version of iresweep", IRESWEEP_VERSION}, {"the model", weights_hash(model.network)}};
}

std::string device_fact(const Engine& engine, const EngineOptions& options) {
  const Engine::Description device = engine.describe();
  return device.kind == "cpu" ? fmt::format("cpu, {}", device.isa)
                              : fmt::format("{}, {}, {}", device.kind, device.isa, options.conv);
}

}  // namespace iresweep::cli
