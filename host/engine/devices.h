// What this build could run on, and what this machine has of it: for `iresweep devices` and for error messages.
#pragma once
#include <string>
#include <vector>

namespace iresweep {

struct InstructionSet {
  std::string name;     ///< as --isa takes it
  int windows = 0;      ///< scored side by side
  bool usable = false;  ///< this CPU has it
  bool chosen = false;  ///< by --isa auto
};

/// Of this build, best first.
std::vector<InstructionSet> instruction_sets();

}  // namespace iresweep
