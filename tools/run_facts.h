// What a scan is made of, for its journal.
#pragma once

#include "host/journal/run_facts.h"
#include "iresweep/engine.h"
#include "iresweep/model.h"
#include "tools/cli_fwd.h"
#include "tools/input_options.h"

namespace iresweep::cli {

/// The options as given, but for those that neither scores nor rows depend on.
RunFacts given_options(const CLI::App& scan);

/// Size, time and the checksums of indexes of all files that are read by name. Throws Error for one that is gone.
RunFacts input_facts(const InputOptions& input);

/// The program, the weights, the device and its instruction set.
RunFacts engine_facts(const Model& model, const Engine& engine, const EngineOptions& options);

}  // namespace iresweep::cli
