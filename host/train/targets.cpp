#include "host/train/targets.h"

#include <algorithm>

#include "host/train/metrics.h"
#include "iresweep/engine.h"

namespace iresweep::train {
namespace {

// By the engine that scans with the model later. Every window is put into the batch whole.
std::vector<double> logits_of(const Model& model, const std::vector<Row>& rows) {
  EngineOptions options;
  options.device = "cpu";
  const auto engine = make_engine(model, options);
  const auto batch = engine->make_batch();
  batch->step = kWindow;
  const std::size_t room = std::min(batch->starts.size(), batch->bases.size() / kWindow);
  std::vector<double> logits;
  for (std::size_t first = 0; first < rows.size(); first += room) {
    batch->window_count = std::min(room, rows.size() - first);
    batch->base_count = batch->window_count * kWindow;
    for (std::size_t i = 0; i < batch->window_count; ++i) {
      batch->starts[i] = std::uint32_t(i * kWindow);
      std::copy_n(rows[first + i].codes.begin(), kWindow, batch->bases.begin() + std::ptrdiff_t(i * kWindow));
    }
    engine->score(*batch);
    logits.insert(logits.end(), batch->logits.begin(), batch->logits.begin() + std::ptrdiff_t(batch->window_count));
  }
  return logits;
}

double deviation(const std::vector<double>& values, std::size_t count) {
  return spread_of({values.begin(), values.begin() + std::ptrdiff_t(count)}).deviation;
}

}  // namespace

double set_targets(std::vector<Row>& rows, std::size_t reference, const Model& teacher,
                   const std::vector<Model>& ensemble, const TargetOptions& options) {
  std::vector<double> taught = logits_of(teacher, rows), mean(rows.size(), 0.0);
  for (double& logit : taught) logit = std::clamp(logit, -options.clamp, options.clamp);
  for (const Model& member : ensemble) {
    const auto logits = logits_of(member, rows);
    for (std::size_t i = 0; i < rows.size(); ++i) mean[i] += logits[i] / double(ensemble.size());
  }
  const double scale = ensemble.empty() ? 1 : deviation(taught, reference) / deviation(mean, reference);
  const double share = ensemble.empty() ? 1 : options.teacher_share;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const bool is_short = rows[i].bases.size() < std::size_t(kWindow);
    if (is_short) rows[i].part = kShortPart;
    rows[i].soft = float(is_short ? taught[i] : share * taught[i] + (1 - share) * scale * mean[i]);
  }
  return scale;
}

}  // namespace iresweep::train
