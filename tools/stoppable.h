// Work that signals stop.
#pragma once
#include <functional>
#include <stop_token>
#include <string>

#include "tools/temporary_files.h"

namespace iresweep::cli {

/// Returns whether all is done; false where it was stopped. Files that have not got their names yet are to be noted.
using StoppableWork = std::function<bool(const std::stop_token&, TemporaryFiles&)>;

/// Runs `work`, which writes `output` (as typed), and returns the exit code. SIGINT, SIGTERM, SIGHUP and SIGXCPU stop
/// it, which is told with the command that `go_on` gives, where one is; what was noted is removed when the process must
/// end at once. Whoever stops reading ends it by SIGPIPE. Throws what `work` throws.
int run_stoppable(
    const std::string& output, const StoppableWork& work,
    const std::function<std::string()>& go_on = [] { return std::string(); });

}  // namespace iresweep::cli
