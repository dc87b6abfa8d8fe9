// `iresweep devices`: what a scan could run on here.
#include "host/engine/devices.h"

#include <fmt/format.h>

#include "tools/cli.h"
#include "tools/usable_cpus.h"

namespace iresweep::cli {
namespace {

constexpr const char* kDescription = "Lists what a scan could run on: instruction sets of the CPU, and GPUs.";

constexpr const char* kFooter = R"(Output:
  One line an instruction set of this build, best first: its name as --isa takes it, windows scored side
  by side, and whether this CPU has it. --isa auto takes the one marked 'chosen'.

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
  print(text + "cuda: not in this build\n");
  return kDone;
}

}  // namespace

Command add_devices(CLI::App& program) {
  auto* app = program.add_subcommand("devices", kDescription);
  app->footer(kFooter);
  return {app, [](const std::string&) { return list_devices(); }};
}

}  // namespace iresweep::cli
