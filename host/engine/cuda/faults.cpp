#include "host/engine/cuda/faults.h"

#include <fmt/format.h>

#include <charconv>

namespace iresweep::cuda {
namespace {

// cudaError_t, by their documented values.
enum Code : int {
  kMemoryAllocation = 2,
  kInsufficientDriver = 35,
  kDevicesUnavailable = 46,
  kNoDevice = 100,
  kInvalidDevice = 101,
  kNoKernelImage = 209,
  kEccUncorrectable = 214,
  kUnsupportedPtxVersion = 222,
  kIllegalAddress = 700,
  kLaunchTimeout = 702,
  kHardwareStackError = 714,
  kInvalidPc = 718,
  kLaunchFailure = 719,
  kSystemNotReady = 802,
  kSystemDriverMismatch = 803,
  kCompatNotSupported = 804,
};

const char* mend(int code) {
  switch (code) {
    case kMemoryAllocation:
      return "give a smaller --batch-windows, or end what else runs on this GPU (nvidia-smi lists it)";
    case kInsufficientDriver:
    case kUnsupportedPtxVersion:
    case kCompatNotSupported:
      return "update the NVIDIA driver, or use --device cpu";
    case kDevicesUnavailable:
      return "another program has this GPU to itself: wait for it, name another GPU, or use --device cpu";
    case kNoDevice:
    case kInvalidDevice:
      return "see iresweep devices, nvidia-smi and $CUDA_VISIBLE_DEVICES, or use --device cpu";
    case kNoKernelImage:
      return "build iresweep for this GPU (-DIRESWEEP_CUDA_ARCHITECTURES), or use --device cpu";
    case kEccUncorrectable:
      return "the GPU's memory is damaged: use another GPU, and tell who runs this machine";
    case kLaunchTimeout:
      return "the GPU also drives a display: give a smaller --batch-windows, or use --device cpu";
    case kSystemNotReady:
      return "NVIDIA's fabric manager does not run: start it, or use --device cpu";
    case kSystemDriverMismatch:
      return "the driver was updated while in use: restart the machine, or use --device cpu";
    default:
      break;
  }
  if (code == kIllegalAddress || code == kLaunchFailure || (code >= kHardwareStackError && code <= kInvalidPc))
    return "a fault of iresweep or of the GPU: please report it, and use --device cpu";
  return "see nvidia-smi and the kernel's log, or use --device cpu";
}

std::string version(int number) { return fmt::format("{}.{}", number / 1000, number % 1000 / 10); }

}  // namespace

void throw_failure(const Failure& failure) {
  const std::string what = fmt::format("{} ({})", failure.text, failure.name);
  const std::string where = fmt::format("cuda:{}, {}", failure.device, failure.call);
  if (failure.code == kMemoryAllocation) throw OutOfDeviceMemory(what, where, mend(failure.code));
  throw Error(what, where, mend(failure.code));
}

std::string why_no_gpu(const DriverState& state) {
  if (state.code == kInsufficientDriver && state.driver == 0) return "no NVIDIA driver is installed";
  if (state.code == kInsufficientDriver)
    return fmt::format("the NVIDIA driver is too old: it is for CUDA {}, this build needs {}", version(state.driver),
                       version(state.runtime / 1000 * 1000));
  if (state.code == 0 || state.code == kNoDevice)
    return state.visible ? fmt::format("no GPU is there or CUDA_VISIBLE_DEVICES='{}' hides it", state.visible)
                         : "the NVIDIA driver shows no GPU";
  return fmt::format("the NVIDIA driver fails with CUDA error {}; {}", state.code, mend(state.code));
}

bool has_code_for(int major, int minor, std::string_view built) {
  int newest = 0;
  for (std::size_t begin = 0; begin < built.size();) {
    const std::size_t end = std::min(built.find(',', begin), built.size());
    int number = 0;
    std::from_chars(built.data() + begin, built.data() + end, number);
    if (number / 10 == major && number % 10 <= minor) return true;
    newest = number;
    begin = end + 1;
  }
  return newest > 0 && 10 * major + minor >= newest;
}

}  // namespace iresweep::cuda
