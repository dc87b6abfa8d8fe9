// The command line of `iresweep variants`: declared, checked, and nothing done yet.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "host/output/variants/variant_writer.h"
#include "tools/cli_fwd.h"
#include "tools/common_options.h"
#include "tools/threshold.h"

namespace iresweep::cli {

struct VariantsOptions {
  std::string variants, output = "-", model = kBuiltinName, name_until;
  std::vector<std::string> genome;
  std::optional<std::string> annotation;
  bool strict = false;
  ThresholdOptions calling;
  int max_missing = 8;
  std::size_t substitutions = 1000;
  std::uint64_t seed = 1;
  EngineOptions engine;
  MessageOptions messages;

  /// All files that are read, but for the model.
  std::vector<std::string> all_files() const;
};

/// Declares the options; parsing fills `options`, which must stay where it is.
void declare_variants_options(CLI::App& app, VariantsOptions& options);

/// What the parser alone cannot see. Returns the output's format. Throws UsageError.
VariantFormat check_variants_options(const VariantsOptions& options);

}  // namespace iresweep::cli
