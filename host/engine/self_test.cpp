#include "host/engine/self_test.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <random>
#include <span>
#include <vector>

#include "iresweep/bases.h"
#include "iresweep/error.h"
#include "iresweep/model.h"
#include "kernels/reference/forward.h"

namespace iresweep {
namespace {

constexpr std::size_t kStarts[] = {0, 1, 50, 100, 127};  // on the step's grid and beside it

void fill(Batch& batch) {
  std::mt19937 random(174);
  batch.base_count = std::min(kStarts[std::size(kStarts) - 1] + kWindow, batch.bases.size());
  for (BaseCode& base : batch.bases.first(batch.base_count)) {
    const auto draw = random() % 64;
    base = BaseCode(draw == 0 ? 4 : draw % 4);  // one in 64 is missing
  }
  batch.window_count = 0;
  for (const std::size_t start : kStarts)
    if (start + kWindow <= batch.base_count && batch.window_count < batch.starts.size())
      batch.starts[batch.window_count++] = std::uint32_t(start);
}

std::vector<double> oracle_logits(const Network& network, const Batch& batch) {
  std::vector<double> logits;
  for (const std::uint32_t start : batch.starts.first(batch.window_count))
    logits.push_back(
        reference::logit(network, std::span<const BaseCode, kWindow>(batch.bases.subspan(start).first<kWindow>())));
  return logits;
}

// Written so that NaN is a fault.
bool agree(double logit, double expected) {
  return std::abs(logit - expected) <= kLogitTolerance &&
         std::abs(double(score_of(logit)) - score_of(expected)) <= kScoreTolerance;
}

}  // namespace

std::string self_test(Engine& engine, const Network& network) try {
  const auto batch = engine.make_batch();
  fill(*batch);
  const auto expected = oracle_logits(network, *batch);
  for (int call = 0; call < engine.concurrency(); ++call) {
    engine.score(*batch);
    for (std::size_t i = 0; i < expected.size(); ++i)
      if (!agree(batch->logits[i], expected[i]))
        return fmt::format("a window's logit is {} instead of {}", batch->logits[i], expected[i]);
  }
  return "";
} catch (const Error& error) {
  return fmt::format("{} ({})", error.what_failed, error.where);
}

}  // namespace iresweep
