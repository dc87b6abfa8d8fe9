// Questions in, the same questions out when all their windows are scored: in order, many of them in one batch.
//
//   reader thread: questions ──► stretches of windows ──► packed into batches, cut where a batch is full
//   scoring threads: Engine::score, Arbiter::settle
//   calling thread: logits back into the stretches; a question whose last stretch has come is answered
#pragma once
#include <functional>
#include <optional>
#include <stop_token>

#include "host/scan/arbiter.h"
#include "host/scan/pipeline.h"
#include "host/variants/comparison.h"
#include "host/variants/reference_windows.h"
#include "iresweep/engine.h"

namespace iresweep {

/// The next question, and the stretches that it needs and no question before it did; nothing at the end. Called on a
/// thread of its own.
using Questions = std::function<std::optional<Question>(DueStretches& due)>;
/// Called in the order of the questions, on the calling thread.
using TakeAnswer = std::function<void(Question&&)>;

/// Throws what the functions throw. Memory: a few batches, and the questions in them.
PipelineStatistics answer(Engine& engine, const Arbiter& arbiter, const Questions& questions, const TakeAnswer& take,
                          const std::stop_token& stop);

}  // namespace iresweep
