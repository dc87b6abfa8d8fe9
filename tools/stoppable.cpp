#include "tools/stoppable.h"

#include <csignal>

#include "host/output/output_file.h"
#include "tools/cli.h"
#include "tools/stop_signals.h"

namespace iresweep::cli {

int run_stoppable(const std::string& output, const StoppableWork& work, const std::function<std::string()>& go_on) {
  // A write to a closed pipe then comes back as an error, and temporary files can be removed before the end.
  std::signal(SIGPIPE, SIG_IGN);
  TemporaryFiles temporary;
  StopSignals signals([&](int signal) {
    temporary.remove();
    tell_stopped(signal, output, go_on());
  });
  try {
    if (work(signals.token(), temporary)) return kDone;
  } catch (const ClosedPipe&) {
    std::signal(SIGPIPE, SIG_DFL);
    std::raise(SIGPIPE);
  }
  tell_stopped(signals.caught(), output, go_on());
  return kSignalled + signals.caught();
}

}  // namespace iresweep::cli
