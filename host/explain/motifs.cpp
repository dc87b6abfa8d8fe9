#include "host/explain/motifs.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <utility>

#include "host/evaluate/memory_source.h"
#include "host/explain/place_of_base.h"
#include "host/scan/pipeline.h"
#include "host/scan/tiler.h"
#include "iresweep/model.h"

namespace iresweep {
namespace {

class MotifSink : public ExplanationSink {
 public:
  MotifSink(const MotifOptions& options, Motifs& found)
      : k_(options.k), value_(position_values(options.methods).front()), found_(found) {}

  void write(const Explanation& explanation) override {
    const ChosenWindow& window = explanation.window;
    std::vector<double> values;
    for (int t = 0; t < kWindow; ++t)
      values.push_back(window.codes[t] == kMissing ? std::numeric_limits<double>::quiet_NaN()
                                                   : value_.of(explanation, t));
    const auto first = best_stretch(values, k_);
    if (!first) {
      ++found_.without_motif;
      return;
    }
    Motif motif{window.record->name, window.logit, window.place.start, window.place.end, window.base(*first), "", 0};
    for (int t = *first; t < *first + k_; ++t) {
      motif.bases += kBaseLetters[window.codes[t]];
      motif.sum += values[t];
    }
    found_.motifs.push_back(std::move(motif));
  }

 private:
  const int k_;
  const PositionValue value_;
  Motifs& found_;
};

// Sums of equal values in another order differ by rounding: they count as equal.
constexpr double kRounding = 1e-12;

// Nothing when stopped.
std::optional<std::vector<ChosenWindow>> best_windows(Engine& engine, const Network& network, const LabelledSet& set,
                                                      const MotifOptions& options, const std::stop_token& stop) {
  MemorySource source(set.records);
  Tiler tiler(source, {.step = options.step, .plus = true, .minus = false});
  const Arbiter arbiter(network, std::log(options.threshold / (1 - options.threshold)));
  std::vector<ChosenWindow> windows;
  WindowChooser chooser(WindowChoice::best, options.max_missing, arbiter,
                        [&](ChosenWindow window) { windows.push_back(std::move(window)); });
  const PipelineStages stages{.fill = [&](Job& job) { return tiler.fill(job); },
                              .score =
                                  [&](Job& job) {
                                    engine.score(*job.batch);
                                    arbiter.settle(job);
                                  },
                              .take = [&](const Job& job) { chooser.take(job); }};
  if (run_pipeline(engine, stages, stop).stopped) return std::nullopt;
  chooser.finish();
  return windows;
}

// The logit that the top share reaches: records of equal logits are all in it.
double cut_of(const std::vector<ChosenWindow>& windows, double top) {
  std::vector<double> logits;
  for (const ChosenWindow& window : windows) logits.push_back(window.logit);
  std::sort(logits.begin(), logits.end(), std::greater<>());
  const auto count = std::size_t(std::ceil(top * double(logits.size())));
  return count == 0 ? std::numeric_limits<double>::infinity() : logits[std::min(count, logits.size()) - 1];
}

}  // namespace

std::optional<int> best_stretch(const std::vector<double>& values, int k) {
  std::vector<double> sums;  // not a number where a position has no value
  double highest = -std::numeric_limits<double>::infinity(), size = 0;
  for (int first = 0; first + k <= int(values.size()); ++first) {
    const auto begin = values.begin() + first;
    sums.push_back(std::accumulate(begin, begin + k, 0.0));
    if (std::isnan(sums.back()) || sums.back() <= highest) continue;
    highest = sums.back();
    size = std::accumulate(begin, begin + k, 0.0, [](double sum, double value) { return sum + std::abs(value); });
  }
  // Nothing stands out where the best is nothing but zeros: no stretch is better than another.
  if (size == 0) return std::nullopt;
  const auto is_best = [&](double sum) { return sum >= highest - kRounding * size; };
  const auto first = std::find_if(sums.begin(), sums.end(), is_best);
  const auto end = std::find_if_not(first, sums.end(), is_best);
  return int(first - sums.begin() + (end - first - 1) / 2);
}

std::optional<Motifs> find_motifs(Engine& engine, const Network& network, const LabelledSet& set,
                                  const MotifOptions& options, std::stop_token stop, MotifArrays* arrays) {
  auto windows = best_windows(engine, network, set, options, stop);
  if (!windows) return std::nullopt;
  if (arrays != nullptr) arrays->write(network, *windows, set, options.threads, stop);
  Motifs found;
  found.records = set.records.size();
  found.scored = windows->size();
  const double cut = cut_of(*windows, options.top);
  MotifSink sink(options, found);
  Explainer explainer(engine, network, {options.methods.attribution(), options.methods.mutagenesis, 0, options.threads},
                      sink, stop);
  for (ChosenWindow& window : *windows) {
    const bool true_positive =
        set.records[window.record->index].positive && double(score_of(window.logit)) > options.threshold;
    found.true_positives += true_positive;
    found.considered += window.logit >= cut;
    if (true_positive && window.logit >= cut) explainer.take(std::move(window));
  }
  explainer.finish();
  if (stop.stop_requested()) return std::nullopt;
  return found;
}

}  // namespace iresweep
