// The one place that chooses an engine.
#include <fmt/format.h>

#include "host/engine/cpu_engine.h"
#include "host/engine/device_choice.h"
#include "host/engine/devices.h"
#include "host/engine/self_test.h"
#include "iresweep/error.h"
#if IRESWEEP_HAVE_CUDA
#include "host/engine/cuda/make_engine.h"
#else
#include "host/engine/no_cuda.h"
#endif

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

std::unique_ptr<Engine> on_cpu(const Model& model, const EngineOptions& options, const std::string& why) {
  constexpr std::size_t kBatchWindows = 4096;  // larger ones leave the cache, smaller ones share less
  return std::make_unique<CpuEngine>(model.network, choose_kernel(options.isa), options.threads,
                                     options.batch_windows > 0 ? options.batch_windows : kBatchWindows, why);
}

}  // namespace

std::unique_ptr<Engine> make_engine(const Model& model, const EngineOptions& options) {
  if (options.threads < 1) throw Error("fewer than one thread", "--threads", "give a number from 1 on");
  if (options.conv != "direct" && options.conv != "cudnn")
    throw Error(fmt::format("nothing is called '{}' that computes convolutions", options.conv), "--conv",
                "use direct or cudnn");
  const DeviceChoice choice = choose_device(options);
  if (choice.gpus.empty()) return on_cpu(model, options, choice.why);
  auto engine = cuda::make_engine(model.network, choice, options);
  const std::string fault = self_test(*engine, model.network);
  if (fault.empty()) return engine;
  const std::string name = fmt::format("cuda:{}, {}", choice.gpus.front().index, choice.gpus.front().name);
  if (options.device == "auto") return on_cpu(model, options, name + ", failed its self-test: " + fault);
  throw Error("the self-test failed: " + fault, name, "use --device cpu, and report this with the GPU's name");
}

Gpus find_gpus() { return cuda::find_gpus(); }

DeviceChoice choose_device(const EngineOptions& options) {
  return choose_device(parse_device(options.device), options.isa, find_gpus);
}

}  // namespace iresweep
