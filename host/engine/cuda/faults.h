// What goes wrong with GPUs, in words: pure functions of what the runtime reports, so that each can be tested without
// one. Codes are cudaError_t's, whose values never change.
#pragma once
#include <string>
#include <string_view>

#include "iresweep/error.h"

namespace iresweep::cuda {

/// The device's memory does not suffice: the one fault that the engine can do something about.
struct OutOfDeviceMemory : Error {
  using Error::Error;
};

/// A call that failed, as the runtime tells it.
struct Failure {
  int code = 0;
  std::string name, text;  ///< cudaGetErrorName, cudaGetErrorString
  std::string call;        ///< "cudaMalloc of 1234 bytes"
  int device = 0;
};

/// Throws OutOfDeviceMemory or Error, with a mend for every code that a user can mend.
[[noreturn]] void throw_failure(const Failure& failure);

/// What is known when no GPU can be listed. Versions as CUDA numbers them (12080 is 12.8); driver 0: there is none.
struct DriverState {
  int code = 0;  ///< of cudaGetDeviceCount
  int driver = 0, runtime = 0;
  const char* visible = nullptr;  ///< $CUDA_VISIBLE_DEVICES; null when it is not set
};
std::string why_no_gpu(const DriverState& state);

/// Whether a build runs on a GPU. `built`: "75,90,120", compiled for each of them, and PTX for the last: code for 9.0
/// runs on 9.x, PTX on everything later.
bool has_code_for(int major, int minor, std::string_view built);

}  // namespace iresweep::cuda
