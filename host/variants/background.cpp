#include "host/variants/background.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "host/calibrate/random.h"
#include "host/variants/answering.h"

namespace iresweep {
namespace {

constexpr std::size_t kMostTrials = 20;

// Draws substitutions on targets.
class Drawer {
 public:
  Drawer(Targets& targets, const std::vector<std::size_t>& ids, std::uint64_t seed)
      : targets_(targets), ids_(ids), random_(seed) {
    for (const std::size_t id : ids_) {
      bases_ += std::uint64_t(targets_.target(id)->size());
      ends_.push_back(bases_);
    }
  }

  // Nothing where the base that was drawn will not do.
  std::optional<Touch> draw() {
    const std::uint64_t place = random_.below_large(bases_);
    const std::uint32_t other = random_.below(3);
    const std::size_t i = std::size_t(std::upper_bound(ends_.begin(), ends_.end(), place) - ends_.begin());
    const auto target = targets_.target(ids_[i]);
    const std::int64_t base = std::int64_t(place - (i > 0 ? ends_[i - 1] : 0));
    if (target->size() < kWindow) return std::nullopt;
    std::vector<BaseCode> code;
    targets_.read(*target, {base, base + 1}, code);
    if (code.front() == kMissing) return std::nullopt;
    const BaseCode substitute = BaseCode(other < code.front() ? other : other + 1);
    return Touch{0, Verdict::scored, target, {{base, base + 1}, {substitute}}};
  }

 private:
  Targets& targets_;
  const std::vector<std::size_t>& ids_;
  Random random_;
  std::uint64_t bases_ = 0;
  std::vector<std::uint64_t> ends_;  // of each target, in all bases
};

}  // namespace

Background::Background(std::vector<double> changes) : changes_(std::move(changes)) {
  for (double& change : changes_) change = std::abs(change);
  std::sort(changes_.begin(), changes_.end());
}

std::optional<double> Background::percentile(double change) const {
  if (changes_.empty()) return std::nullopt;
  const auto [first, last] = std::equal_range(changes_.begin(), changes_.end(), std::abs(change));
  const auto below = first - changes_.begin(), equal = last - first;
  return 100 * (double(below) + 0.5 * double(equal)) / double(changes_.size());
}

std::optional<Background> make_background(Engine& engine, const Arbiter& arbiter, Targets& targets,
                                          const std::vector<std::size_t>& ids, const BackgroundOptions& options,
                                          const std::stop_token& stop) {
  std::vector<double> changes;
  if (ids.empty() || options.substitutions == 0) return Background();
  Planner planner(targets);
  Drawer drawer(targets, ids, options.seed);
  std::size_t trials = kMostTrials * options.substitutions;
  // Which of those drawn will do is known when they are scored only: a round draws what is lacking.
  while (changes.size() < options.substitutions && trials > 0) {
    std::size_t lacking = options.substitutions - changes.size();
    const auto statistics = answer(
        engine, arbiter,
        [&](DueStretches& due) -> std::optional<Question> {
          while (lacking > 0 && trials > 0) {
            --trials;
            const auto touch = drawer.draw();
            if (!touch) continue;
            --lacking;
            return Question{{}, planner.compare({&*touch, 1}, due)};
          }
          return std::nullopt;
        },
        [&](Question&& question) {
          const Effect effect = effect_of(question.comparisons.front(), options.rule);
          if (effect.verdict == Verdict::scored) changes.push_back(effect.change());
        },
        stop);
    if (statistics.stopped) return std::nullopt;
  }
  return Background(std::move(changes));
}

}  // namespace iresweep
