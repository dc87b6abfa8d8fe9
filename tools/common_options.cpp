#include "tools/common_options.h"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>

#include "tools/usable_cpus.h"
#include "tools/validators.h"

namespace iresweep::cli {

Verbosity MessageOptions::verbosity() const {
  if (quiet) return Verbosity::quiet;
  return verbose ? Verbosity::verbose : Verbosity::normal;
}

namespace {

constexpr const char* kComputing = "Computing";

}  // namespace

void declare_threads(CLI::App& app, EngineOptions& options) {
  options.threads = usable_cpus();
  app.add_option("--threads", options.threads,
                 "Scoring threads of the CPU, from 1; results do not depend on it. Default: the CPUs that this process "
                 "may use (affinity and cgroup quota).")
      ->type_name("N")
      ->check(whole_number(1, 4096))
      ->group(kComputing);
}

void declare_engine_options(CLI::App& app, EngineOptions& options) {
  app.add_option(
         "--device", options.device,
         "auto, cpu, cuda (the first GPU that can be used) or cuda:0,1 (these GPUs). Default: auto, a GPU where "
         "one can be used; what was chosen and why is said.")
      ->type_name("NAME")
      ->group(kComputing);
  app.add_option("--isa", options.isa,
                 "Instruction set of the CPU, as `iresweep devices` lists them. Default: auto, the best one.")
      ->type_name("NAME")
      ->group(kComputing);
  declare_threads(app, options);
  app.add_option("--batch-windows", options.batch_windows,
                 "Windows scored together (advanced); memory grows with it, results do not depend on it. Default: "
                 "4096 on a CPU, on a GPU what its free memory allows.")
      ->type_name("N")
      ->check(whole_number(1, 1'000'000))
      ->group(kComputing);
  app.add_option("--conv", options.conv,
                 "Who computes the convolutions on a GPU: direct (kernels of our own) or cudnn. Default: direct.")
      ->type_name("NAME")
      ->check(one_of({"direct", "cudnn"}))
      ->group(kComputing);
}

void declare_message_options(CLI::App& app, MessageOptions& options) {
  constexpr const char* kMessages = "Messages (on standard error)";
  app.add_flag("--no-progress", options.no_progress, "No progress bar or lines. Default: on.")->group(kMessages);
  auto* quiet = app.add_flag("-q,--quiet", options.quiet, "Nothing but errors. Default: off.")->group(kMessages);
  app.add_flag("-v,--verbose", options.verbose, "Say more. Default: off.")->excludes(quiet)->group(kMessages);
}

std::string device_text(const Engine& engine) {
  const auto [kind, isa, text, why] = engine.describe();
  return why.empty() ? text : fmt::format("{} (auto: {})", text, why);
}

int reader_threads(const Engine& engine, const EngineOptions& options) {
  return engine.describe().kind == "cpu" ? std::max(1, options.threads / 4) : options.threads;
}

Model chosen_model(const std::string& name) { return name == kBuiltinName ? builtin_model() : load_model(name); }

}  // namespace iresweep::cli
