// What this build could run on, and what this machine has of it: for `iresweep devices` and for error messages.
#pragma once
#include <cstddef>
#include <string>
#include <vector>

#include "iresweep/engine.h"

namespace iresweep {

struct InstructionSet {
  std::string name;     ///< as --isa takes it
  int windows = 0;      ///< scored side by side
  bool usable = false;  ///< this CPU has it
  bool chosen = false;  ///< by --isa auto
};

/// Of this build, best first.
std::vector<InstructionSet> instruction_sets();

struct Gpu {
  int index = 0;                   ///< as --device cuda:0 takes it, among those that CUDA_VISIBLE_DEVICES shows
  std::string name, architecture;  ///< "NVIDIA H100 80GB HBM3", "sm_90"
  std::size_t memory = 0;          ///< bytes in all
  std::string fault;               ///< why this build cannot use it; empty when it can
};

struct Gpus {
  std::vector<Gpu> list;
  std::string none;  ///< why the list is empty
};

/// Wakes the driver, which can take a second: not to be called unless GPUs are asked for. Never throws for a driver
/// that is absent or too old: that is why the list is empty.
Gpus find_gpus();

/// Where make_engine goes with these options.
struct DeviceChoice {
  std::vector<Gpu> gpus;  ///< empty: the CPU
  std::string why;        ///< for `auto`: "no NVIDIA driver is installed"; else empty
};

/// Throws Error as make_engine does. Wakes the driver for auto and cuda.
DeviceChoice choose_device(const EngineOptions& options);

}  // namespace iresweep
