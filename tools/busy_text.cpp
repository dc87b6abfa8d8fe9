#include "tools/busy_text.h"

#include <fmt/format.h>

#include <algorithm>

namespace iresweep::cli {

std::string busy_text(const PipelineStatistics& run, const std::vector<DeviceClock::Busy>& gpus) {
  constexpr double kEnough = 0.8;
  const auto share = [&](double seconds) { return run.wall > 0 ? std::min(seconds / run.wall, 1.0) : 0.0; };
  std::string text = "busy:";
  double busiest = 0;
  for (const auto& [device, seconds] : gpus) {
    text += fmt::format(" {} {:.0f}%,", device, 100 * share(seconds));
    busiest = std::max(busiest, share(seconds));
  }
  const double read = share(run.fill), write = share(run.take);
  text += fmt::format(" reading {:.0f}%, writing {:.0f}%", 100 * read, 100 * write);
  if (busiest >= kEnough) return text;
  // A stage that is at work most of the time holds up the others; where none is, batches were too few to overlap.
  if (std::max(read, write) < 0.5) return text + "; too few batches to keep a GPU busy";
  return text + fmt::format("; {} is what the GPU waits for", read > write ? "reading" : "writing");
}

}  // namespace iresweep::cli
