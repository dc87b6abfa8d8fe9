// How fast an engine is alone, and how fast a whole scan is on it.
#pragma once
#include <memory>
#include <string>
#include <vector>

#include "host/measure/rate.h"
#include "host/measure/sources.h"
#include "iresweep/engine.h"
#include "iresweep/model.h"

namespace iresweep {

struct MeasureOptions {
  int step = kPublishedStep;
  int repeats = 5;         ///< at least 1
  double seconds = 0.5;    ///< least length of a repeat of the engine
  double warm_up = 0.3;    ///< seconds of work before the first repeat of the engine
  int reader_threads = 1;  ///< that decompress bgzip
};

/// One engine's figures.
struct Throughput {
  Engine::Description device;
  int threads = 0;                ///< score() calls under way at once
  std::size_t batch_windows = 0;  ///< room in a batch
  std::vector<Repeat> repeats;
  /// Of a whole scan, seconds a repeat spent in each stage without waiting, summed over its threads; absent of an
  /// engine alone.
  struct Stages {
    double read = 0, score = 0, write = 0;
  };
  std::vector<Stages> stages;  ///< one a repeat
};

/// The engine alone: batches filled once from `source` (which must not end) and scored again and again by as many
/// threads as the engine wants. Repeats follow each other without a pause, so that no start and no end is in them.
/// Throws what the engine and the source throw.
Throughput measure_engine(Engine& engine, SequenceSource& source, const MeasureOptions& options);

/// Everything that `iresweep scan` does with these files, from reading to rows of BED that nobody keeps; one pass to
/// warm up, then one a repeat. Throws what a scan throws.
Throughput measure_scan(Engine& engine, const Model& model, const std::vector<std::string>& paths,
                        const MeasureOptions& options);

}  // namespace iresweep
