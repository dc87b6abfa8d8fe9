// The one place that chooses an engine.
#include <fmt/format.h>

#include "host/engine/cpu_engine.h"
#include "host/engine/devices.h"
#include "iresweep/error.h"

namespace iresweep {
namespace {

std::string usable_names() {
  std::string names;
  for (const auto& set : instruction_sets())
    if (set.usable) names += (names.empty() ? "" : ", ") + set.name;
  return names;
}

const cpu::Kernel& choose_kernel(const std::string& isa) {
  for (const auto& [kernel, usable] : cpu::kernels()) {
    if (isa == "auto" && usable) return kernel;
    if (isa != kernel.name) continue;
    if (usable) return kernel;
    throw Error(fmt::format("this CPU does not have '{}'", isa), "--isa", "use auto or one of " + usable_names());
  }
  if (isa == "auto")
    throw Error("this CPU has none of the instruction sets that this build knows", "CPU engine",
                "it needs SSE4.2 and AES on x86, NEON on ARM");
  throw Error(fmt::format("no instruction set is called '{}'", isa), "--isa", "use auto or one of " + usable_names());
}

}  // namespace

std::unique_ptr<Engine> make_engine(const Model& model, const EngineOptions& options) {
  if (options.device.starts_with("cuda"))
    throw Error("this build has no CUDA engine", "--device " + options.device,
                "use --device cpu, or build where CUDA is found");
  if (options.device != "auto" && options.device != "cpu")
    throw Error(fmt::format("no device is called '{}'", options.device), "--device", "use auto, cpu or cuda");
  if (options.threads < 1) throw Error("fewer than one thread", "--threads", "give a number from 1 on");
  if (options.batch_windows < 1) throw Error("a batch without windows", "batch size", "give a number from 1 on");
  return std::make_unique<CpuEngine>(model.network, choose_kernel(options.isa), options.threads, options.batch_windows);
}

}  // namespace iresweep
