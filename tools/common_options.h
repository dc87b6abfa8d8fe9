// The options that every subcommand has that scores windows.
#pragma once
#include <string>

#include "host/model/builtin_model.h"
#include "iresweep/engine.h"
#include "iresweep/model.h"
#include "tools/cli.h"
#include "tools/cli_fwd.h"

namespace iresweep::cli {

struct MessageOptions {
  bool no_progress = false, quiet = false, verbose = false;
  Verbosity verbosity() const;
};

/// Each declares its options in a group of their own; parsing fills what is given, which must stay where it is.
void declare_threads(CLI::App& app, EngineOptions& options);
void declare_engine_options(CLI::App& app, EngineOptions& options);
void declare_message_options(CLI::App& app, MessageOptions& options);

/// For people: the engine, and where --device auto took it, why.
std::string device_text(const Engine& engine);

/// Threads that may decompress the input while the engine works: those of a GPU's engine sleep.
int reader_threads(const Engine& engine, const EngineOptions& options);

inline constexpr const char* kModelForms =
    "*.safetensors, the prefix of a TensorFlow checkpoint (PREFIX.index, PREFIX.data-00000-of-00001), or 'built-in'.";

/// The model that --model names: a file, or the built-in one. Throws Error.
Model chosen_model(const std::string& name);

}  // namespace iresweep::cli
