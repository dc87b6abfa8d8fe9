#include "host/evaluate/best_scores.h"

#include <cmath>
#include <limits>

#include "host/evaluate/memory_source.h"
#include "host/scan/arbiter.h"
#include "host/scan/caller.h"
#include "host/scan/pipeline.h"
#include "host/scan/tiler.h"

namespace iresweep {
namespace {

class ScoreSink : public HitSink {
 public:
  explicit ScoreSink(std::size_t records) : scores(records) {}
  void write(const Hit& hit) override { scores[hit.record->index] = hit.score; }

  std::vector<double> scores;
};

}  // namespace

std::optional<std::vector<double>> best_scores(Engine& engine, const Network& network,
                                               const std::vector<LabelledRecord>& records, int step, double threshold,
                                               std::stop_token stop) {
  MemorySource source(records);
  Tiler tiler(source, {.step = step, .plus = true, .minus = false});
  const Arbiter arbiter(network, std::log(threshold / (1 - threshold)));
  ScoreSink sink(records.size());
  CallRules rules;
  rules.report = Report::best;
  rules.threshold_logit = std::numeric_limits<double>::infinity();
  Caller caller(rules, arbiter, sink);
  const PipelineStages stages{.fill = [&](Job& job) { return tiler.fill(job); },
                              .score =
                                  [&](Job& job) {
                                    engine.score(*job.batch);
                                    arbiter.settle(job);
                                  },
                              .take = [&](const Job& job) { caller.take(job); }};
  if (run_pipeline(engine, stages, stop).stopped) return std::nullopt;
  caller.finish();
  return std::move(sink.scores);
}

}  // namespace iresweep
