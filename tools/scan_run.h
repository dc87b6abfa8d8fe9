// One scan, from its options to its exit code: for `iresweep scan` and `iresweep merge`.
#pragma once
#include <string>

#include "host/journal/parts.h"
#include "host/journal/run_facts.h"
#include "tools/scan_options.h"

namespace iresweep::cli {

struct ScanRequest {
  const ScanOptions& options;
  RunFacts given = {};  ///< options, for the journal
  std::string command_line;
  const Parts* parts = nullptr;  ///< where all scores come from; null: they are to be made
};

/// Prints what it has to say. Returns the exit code; throws Error.
int run_scan(const ScanRequest& request);

}  // namespace iresweep::cli
