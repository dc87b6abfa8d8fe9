#include "host/explain/mutagenesis.h"

#include <algorithm>
#include <limits>

namespace iresweep {
namespace {

constexpr float kNone = std::numeric_limits<float>::quiet_NaN();

}  // namespace

double Mutations::importance(int position, const std::array<BaseCode, kWindow>& codes) const {
  if (codes[position] == kMissing) return kNone;
  double sum = 0;
  for (const float change : substitution[position]) sum += change;  // that of the base itself is 0
  return -sum / 3;
}

WindowCodes without_bases(const WindowCodes& codes, int first, int size) {
  WindowCodes left;
  const auto kept = std::copy(codes.begin(), codes.begin() + first, std::fill_n(left.begin(), size, kMissing));
  std::copy(codes.begin() + first + size, codes.end(), kept);
  return left;
}

Mutagenesis::Mutagenesis(Engine& engine, int deletion)
    : engine_(engine), batch_(engine.make_batch()), deletion_(deletion) {}

Mutations Mutagenesis::run(const WindowCodes& codes) {
  Mutations found;
  for (auto& position : found.substitution) position.fill(kNone);
  if (deletion_ > 0) found.deletion.assign(kWindow + 1 - std::size_t(deletion_), kNone);
  std::vector<WindowCodes> windows{codes};
  std::vector<float*> changes{&found.logit};
  for (int t = 0; t < kWindow; ++t) {
    if (codes[t] == kMissing) continue;
    found.substitution[t][codes[t]] = 0;
    for (BaseCode base = 0; base < 4; ++base) {
      if (base == codes[t]) continue;
      windows.push_back(codes);
      windows.back()[t] = base;
      changes.push_back(&found.substitution[t][base]);
    }
  }
  for (int t = 0; t < int(found.deletion.size()); ++t) {
    if (std::find(codes.begin() + t, codes.begin() + t + deletion_, kMissing) != codes.begin() + t + deletion_)
      continue;
    windows.push_back(without_bases(codes, t, deletion_));
    changes.push_back(&found.deletion[t]);
  }
  std::vector<float> logits;
  score(windows, logits);
  for (std::size_t i = 1; i < changes.size(); ++i) *changes[i] = logits[i] - logits[0];
  found.logit = logits[0];
  return found;
}

// Windows stand side by side, mutants of neighbouring bases together: an engine may see what they have in common.
void Mutagenesis::score(const std::vector<WindowCodes>& windows, std::vector<float>& logits) {
  const std::size_t room = std::min(batch_->starts.size(), batch_->bases.size() / kWindow);
  for (std::size_t first = 0; first < windows.size(); first += room) {
    const std::size_t count = std::min(room, windows.size() - first);
    for (std::size_t i = 0; i < count; ++i) {
      batch_->starts[i] = std::uint32_t(i * kWindow);
      std::copy(windows[first + i].begin(), windows[first + i].end(), batch_->bases.begin() + i * kWindow);
    }
    batch_->base_count = count * kWindow;
    batch_->window_count = count;
    batch_->step = kWindow;
    engine_.score(*batch_);
    logits.insert(logits.end(), batch_->logits.begin(), batch_->logits.begin() + std::ptrdiff_t(count));
  }
}

}  // namespace iresweep
