// What a network says of sequences without meaning: the null table of a model, and the rates to read its scores by.
#pragma once
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <stop_token>
#include <vector>

#include "host/calibrate/logit_counts.h"
#include "host/calibrate/stretch_source.h"
#include "host/input/sequence_source.h"
#include "iresweep/engine.h"
#include "iresweep/model.h"

namespace iresweep {

struct CalibrationOptions {
  std::uint64_t windows = 10'000'000;  ///< least number of null windows
  std::uint64_t seed = 1;
  int step = kPublishedStep;
  double null_rate = kDefaultNullRate;  ///< rates are reported at its threshold
  /// Told now and then, on the calling thread: windows scored, and how many there will be (0: not known yet).
  std::function<void(std::uint64_t done, std::uint64_t all)> progress = [](std::uint64_t, std::uint64_t) {};
};

struct Calibration {
  std::vector<InputFacts> inputs;
  StretchCounts stretches;
  CalibrationOptions options;
  std::uint64_t repeats = 0;  ///< shuffles of every stretch
  LogitCounts shuffled, real, antisense;
  NullTable null_table;
  double threshold_logit = 0;  ///< what options.null_rate of the null windows reach
};

/// Opens the transcripts; called twice, once for their own windows and once for their shuffles.
using OpenTranscripts = std::function<std::unique_ptr<SequenceSource>()>;

/// Scores the windows of all stretches of kWindow bases or more without a missing base: as they are,
/// reverse-complemented, and shuffled as often as gives options.windows null windows. The result depends on the
/// engine's arithmetic, the transcripts and the options, not on threads or batches. Nothing when stopped. Throws Error,
/// also when there is no such window, or when the transcripts change between the two readings.
std::optional<Calibration> calibrate(Engine& engine, const OpenTranscripts& open, const CalibrationOptions& options,
                                     std::stop_token stop = {});

}  // namespace iresweep
