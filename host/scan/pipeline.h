// Read -> score -> write on threads, in the order of the input, with a bounded number of batches.
//
//              filled                      scored
//   reader ──► queue ──► scoring threads ──► queue ──► the calling thread puts them in order
//     ▲                                                      │
//     └───────────────────── free jobs ◄─────────────────────┘
//
// All memory is in the jobs, and they go round in a circle: a slow stage makes the others wait.
#pragma once
#include <cstdint>
#include <functional>
#include <stop_token>

#include "host/scan/job.h"
#include "iresweep/engine.h"

namespace iresweep {

/// What is done with a job. A job comes back to `fill` with the contents that it had.
struct PipelineStages {
  /// Fills the job with the next windows; false at the end of the input. On a thread of its own.
  std::function<bool(Job&)> fill;
  /// Scores it. On Engine::concurrency() threads at once.
  std::function<void(Job&)> score;
  /// Takes the result, in the order of the input. On the calling thread.
  std::function<void(const Job&)> take;
};

/// Times are seconds; those of a stage are summed over its threads and leave out waiting.
struct PipelineStatistics {
  std::uint64_t batches = 0, windows = 0;
  double wall = 0, fill = 0, score = 0, take = 0;
  bool stopped = false;  ///< ended by `stop`, before the end of the input
};

/// Threads are named sweep-read and sweep-score-N. Runs the stages to the end of the input, or until a stop is asked
/// for (it then ends when the calls under way have returned). An exception in a stage comes out of this call, after all
/// batches before its own were taken: the same exception whatever the number of threads.
PipelineStatistics run_pipeline(Engine& engine, const PipelineStages& stages, std::stop_token stop = {});

}  // namespace iresweep
