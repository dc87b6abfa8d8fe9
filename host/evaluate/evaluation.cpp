#include "host/evaluate/evaluation.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "host/evaluate/best_scores.h"
#include "host/evaluate/length_match.h"

namespace iresweep {
namespace {

ClassSize size_of(const LabelledSet& set, bool positive) {
  ClassSize size;
  for (const LabelledRecord& record : set.records) {
    if (record.positive != positive) continue;
    const std::size_t length = record.codes.size();
    size.shortest = size.records == 0 ? length : std::min(size.shortest, length);
    size.longest = std::max(size.longest, length);
    ++size.records;
  }
  return size;
}

Ranking rank_by_shortness(const LabelledSet& set, const std::vector<bool>& positive) {
  std::vector<double> scores;
  for (const LabelledRecord& record : set.records) scores.push_back(-double(record.codes.size()));
  return Ranking(scores, positive, 0);
}

}  // namespace

std::optional<Evaluation> evaluate(const LabelledSet& set, const std::vector<Model>& models, const MakeEngine& make,
                                   const EvaluationOptions& options, std::stop_token stop) {
  const std::vector<bool> positive = labels_of(set);
  const LengthMatched matched = match_lengths(set);
  std::vector<Ranking> rankings, matched_rankings;
  for (const Model& model : models) {
    const auto engine = make(model);
    const auto rank = [&](const std::vector<LabelledRecord>& records, std::vector<Ranking>& into) {
      const auto scores = best_scores(*engine, model.network, records, options.step, options.threshold, stop);
      if (scores) into.emplace_back(*scores, positive, options.threshold);
      return scores.has_value();
    };
    if (!rank(set.records, rankings) || !rank(matched.records, matched_rankings)) return std::nullopt;
  }

  const Bootstrap whole = bootstrap(rankings, positive, options.bootstrap);
  const Bootstrap equal_lengths = bootstrap(matched_rankings, positive, options.bootstrap);
  const Ranking shortness[] = {rank_by_shortness(set, positive)};
  Evaluation result{options,
                    set.inputs,
                    set.unlabelled,
                    set.filtered,
                    size_of(set, true),
                    size_of(set, false),
                    matched.cut,
                    at(bootstrap(shortness, positive, options.bootstrap).metrics[0], Metric::auroc),
                    {}};
  for (std::size_t i = 0; i < models.size(); ++i)
    result.models.push_back({models[i].name, weights_hash(models[i].network), whole.metrics[i], whole.auroc_gain[i],
                             at(equal_lengths.metrics[i], Metric::auroc), rankings[i].points()});
  return result;
}

Spread spread_of(const std::vector<double>& values) {
  const double count = double(values.size());
  const double mean = std::accumulate(values.begin(), values.end(), 0.0) / count;
  double squares = 0;
  for (const double value : values) squares += (value - mean) * (value - mean);
  return {mean, count > 1 ? std::sqrt(squares / (count - 1)) : 0};
}

}  // namespace iresweep
