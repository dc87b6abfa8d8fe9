#include "host/calibrate/calibration.h"

#include <fmt/format.h>

#include <algorithm>

#include "host/calibrate/shuffled_source.h"
#include "host/scan/pipeline.h"
#include "host/scan/tiler.h"
#include "iresweep/error.h"

namespace iresweep {
namespace {

int count_u(const Batch& batch, std::size_t window) {
  const BaseCode* codes = batch.bases.data() + batch.starts[window];
  constexpr BaseCode kU = 3;
  return int(std::count(codes, codes + kWindow, kU));
}

/// Scores all windows of `source`; false when stopped.
bool score_all(Engine& engine, SequenceSource& source, TilerOptions tiling,
               const std::function<LogitCounts&(Strand)>& counts_of, const std::function<void(std::uint64_t)>& progress,
               const std::stop_token& stop) {
  Tiler tiler(source, tiling);
  std::uint64_t done = 0;
  const PipelineStages stages{.fill = [&](Job& job) { return tiler.fill(job); },
                              .score = [&](Job& job) { engine.score(*job.batch); },
                              .take =
                                  [&](const Job& job) {
                                    for (const Segment& segment : job.segments)
                                      for (std::size_t i = segment.first; i < segment.first + segment.count; ++i)
                                        counts_of(segment.strand).add(job.batch->logits[i], count_u(*job.batch, i));
                                    progress(done += job.batch->window_count);
                                  }};
  return !run_pipeline(engine, stages, stop).stopped;
}

bool same_inputs(const std::vector<InputFacts>& a, const std::vector<InputFacts>& b) {
  return std::ranges::equal(
      a, b, [](const InputFacts& x, const InputFacts& y) { return x.bytes == y.bytes && x.checksum == y.checksum; });
}

}  // namespace

std::optional<Calibration> calibrate(Engine& engine, const OpenTranscripts& open, const CalibrationOptions& options,
                                     std::stop_token stop) {
  Calibration result;
  result.options = options;
  {
    const auto transcripts = open();
    StretchSource stretches(*transcripts);
    const bool whole = score_all(
        engine, stretches, {.step = options.step, .plus = true, .minus = true},
        [&](Strand strand) -> LogitCounts& { return strand == Strand::plus ? result.real : result.antisense; },
        [&](std::uint64_t done) { options.progress(done, 0); }, stop);
    if (!whole) return std::nullopt;
    result.inputs = transcripts->facts();
    result.stretches = stretches.counts();
  }
  if (result.real.windows() == 0)
    throw Error(fmt::format("no transcript has {} bases in a row without a missing one", kWindow),
                result.inputs.empty() ? "" : result.inputs.front().path, "give transcripts of that length");

  const std::uint64_t each = result.real.windows();
  result.repeats = (options.windows + each - 1) / each;
  const auto transcripts = open();
  StretchSource stretches(*transcripts);
  ShuffledSource shuffles(stretches, options.seed, result.repeats);
  const bool whole = score_all(
      engine, shuffles, {.step = options.step, .plus = true, .minus = false},
      [&](Strand) -> LogitCounts& { return result.shuffled; },
      [&](std::uint64_t done) { options.progress(done, each * result.repeats); }, stop);
  if (!whole) return std::nullopt;
  if (!same_inputs(transcripts->facts(), result.inputs))
    throw Error("the transcripts changed while they were read", result.inputs.front().path, "run it again");
  result.null_table = result.shuffled.null_table();
  result.threshold_logit = result.null_table.logit_at(options.null_rate);
  return result;
}

}  // namespace iresweep
