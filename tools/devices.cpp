// `iresweep devices`: what a scan could run on here.
#include "host/engine/devices.h"

#include <fmt/format.h>

#include <CLI/CLI.hpp>

#include "tools/cli.h"
#include "tools/usable_cpus.h"

namespace iresweep::cli {
namespace {

constexpr const char* kDevicesDescription = "Lists what a scan could run on: instruction sets of the CPU, and GPUs.";

constexpr const char* kDevicesFooter = R"(Output:
  One line an instruction set of this build, best first: its name as --isa takes it, windows scored side
  by side, and whether this CPU has it. --isa auto takes the one marked 'chosen'. Then one line a GPU: its
  name as --device takes it, its architecture and memory, and whether this build can use it.

Examples:
  $ iresweep devices
  $ iresweep scan --isa avx2 transcripts.fa

Exit codes:
  0 done; 1 failed; 2 wrong usage.)";

const char* state(const InstructionSet& set) {
  if (set.chosen) return "usable, chosen";
  return set.usable ? "usable" : "not on this CPU";
}

int list_devices() {
  std::string text = fmt::format("cpu: {} CPUs may be used\n", usable_cpus());
  for (const InstructionSet& set : instruction_sets())
    text += fmt::format("  {:<8} {:>2} windows  {}\n", set.name, set.windows, state(set));
  const Gpus gpus = find_gpus();
  text += gpus.list.empty() ? fmt::format("cuda: {}\n", gpus.none) : fmt::format("cuda: {} GPUs\n", gpus.list.size());
  for (const Gpu& gpu : gpus.list)
    text += fmt::format("  cuda:{:<3} {}, {}, {:.1f} GB  {}\n", gpu.index, gpu.name, gpu.architecture,
                        double(gpu.memory) * 1e-9, gpu.fault.empty() ? "usable" : gpu.fault);
  print(text);
  return kDone;
}

}  // namespace

Command add_devices(CLI::App& program) {
  auto* app = program.add_subcommand("devices", kDevicesDescription);
  app->footer(kDevicesFooter);
  return {app, [](const std::string&) { return list_devices(); }};
}

}  // namespace iresweep::cli
