// What a scan is made of, for its journal.
#pragma once
#include <string>

#include "host/journal/run_facts.h"
#include "iresweep/engine.h"
#include "iresweep/model.h"
#include "tools/cli_fwd.h"
#include "tools/input_options.h"

namespace iresweep::cli {

/// The options as given, but for those that neither scores nor rows depend on.
RunFacts given_options(const CLI::App& scan);
/// Gives them to an app that has parsed nothing. Throws Error for facts that given_options() has not made.
void give_options(CLI::App& scan, const RunFacts& facts);

/// Size, time and the checksums of indexes of all files that are read by name. Throws Error for one that is gone.
RunFacts input_facts(const InputOptions& input);

/// The program and the weights.
RunFacts model_facts(const Model& model);

/// The device and its instruction set.
inline constexpr const char* kDeviceFact = "the device";
std::string device_fact(const Engine& engine, const EngineOptions& options);

}  // namespace iresweep::cli
