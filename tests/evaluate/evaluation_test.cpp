// Whole evaluations: the published figures of the published weights, and reports of made ones.
#include "host/evaluate/evaluation.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>
#include <string>

#include "host/evaluate/best_scores.h"
#include "host/evaluate/curves.h"
#include "host/evaluate/evaluation_report.h"
#include "kernels/reference/forward.h"
#include "tests/support/function_engine.h"
#include "tests/support/seeded_network.h"
#include "tests/support/shared_data.h"

namespace iresweep {
namespace {

std::unique_ptr<Engine> cpu_engine(const Model& model) {
  EngineOptions options;
  options.device = "cpu";
  return make_engine(model, options);
}

std::string checkpoint(const std::filesystem::path& index) { return (index.parent_path() / index.stem()).string(); }

void expect_published(const std::string& fasta, const std::vector<Model>& models,
                      const std::vector<std::pair<Metric, double>>& expected) {
  LabelledSet set;
  add_labelled_fasta(set, fasta, {});
  const auto result = evaluate(set, models, cpu_engine, {});
  ASSERT_TRUE(result.has_value());
  for (const auto& [metric, value] : expected) {
    const double found = at(result->models[0].metrics, metric).value;
    EXPECT_TRUE(std::abs(found - value) <= 5.1e-5) << kMetrics[std::size_t(metric)].key << ": " << found;
  }
}

TEST(Evaluation, GivesThePublishedWeightsTheirFigures) {
  IRESWEEP_SHARED_FILE(core, "goldens/core.fa");
  IRESWEEP_SHARED_FILE(utr, "goldens/5utr.fa");
  IRESWEEP_SHARED_FILE(index, "models/deepires/first.index");
  const std::vector<Model> models{load_model(checkpoint(index))};
  using enum Metric;
  expect_published(core.string(), models,
                   {{sensitivity, .7692},
                    {specificity, .9231},
                    {accuracy, .8462},
                    {mcc, .7006},
                    {f1, .8333},
                    {auroc, .8580},
                    {aupr, .9147}});
  expect_published(utr.string(), models,
                   {{sensitivity, .6154},
                    {specificity, .9231},
                    {accuracy, .7692},
                    {mcc, .5659},
                    {f1, .7273},
                    {auroc, .8757},
                    {aupr, .9163}});
}

/// Positives rich in U; negatives longer.
LabelledSet made_set() {
  test::Random random(6);
  LabelledSet set;
  for (int i = 0; i < 40; ++i) {
    const bool positive = i % 4 == 0;
    auto codes = test::random_codes(random, positive ? 150 + i : 200 + 7 * i);
    if (positive)
      for (std::size_t at = 0; at < codes.size(); at += 11) codes[at] = 3;
    set.records.push_back({std::string("r").append(std::to_string(i)), codes, positive});
  }
  return set;
}

double u_logit(std::span<const BaseCode, kWindow> codes) {
  return double(std::ranges::count(codes, BaseCode(3))) / 4 - 12;
}

Model named(const char* name) {
  Model model;
  model.name = name;
  model.network = test::seeded_network(1);
  return model;
}

Evaluation made_evaluation(std::size_t models) {
  std::vector<Model> list;
  for (std::size_t i = 0; i < models; ++i) list.push_back(named(i == 0 ? "first" : "se<c>&ond"));
  int made = 0;
  const MakeEngine make = [&](const Model&) {
    const double noise = 0.5 * made++;
    return std::make_unique<test::FunctionEngine>(
        [noise](auto codes) { return u_logit(codes) + (codes[0] == 2 ? noise : 0); });
  };
  EvaluationOptions options;
  options.threshold = 0.4;
  options.bootstrap.resamples = 200;
  return *evaluate(made_set(), list, make, options);
}

TEST(BestScores, AreThoseOfTheBestWindow) {
  const Model model = named("m");
  const LabelledSet set = made_set();
  const test::LogitOf logit_of = [&](auto codes) { return reference::logit(model.network, codes); };
  test::FunctionEngine engine(logit_of, 2);
  const auto scores = best_scores(engine, model.network, set.records, 50, 0.5);
  ASSERT_TRUE(scores.has_value());
  for (std::size_t record = 0; record < set.records.size(); ++record) {
    const auto& codes = set.records[record].codes;
    double best = -1e9;
    std::vector<BaseCode> padded(std::max<std::size_t>(kWindow, codes.size()) - codes.size(), kMissing);
    padded.insert(padded.end(), codes.begin(), codes.end());
    for (std::size_t start = 0;; start += 50) {
      start = std::min(start, padded.size() - kWindow);
      best = std::max(best, logit_of(std::span<const BaseCode, kWindow>(padded.data() + start, kWindow)));
      if (start + kWindow == padded.size()) break;
    }
    EXPECT_TRUE(std::abs((*scores)[record] - score_of(best)) <= 1e-6) << record;
  }
}

TEST(BestScores, StopWhenAsked) {
  std::stop_source stop;
  stop.request_stop();
  test::FunctionEngine engine(u_logit);
  EXPECT_FALSE(best_scores(engine, named("m").network, made_set().records, 50, 0.5, stop.get_token()).has_value());
}

TEST(Evaluation, CountsClassesAndLengths) {
  const Evaluation result = made_evaluation(1);
  EXPECT_EQ(result.positives.records, 10u);
  EXPECT_EQ(result.negatives.records, 30u);
  EXPECT_EQ(result.positives.shortest, 150u);
  EXPECT_EQ(result.positives.longest, 186u);
  EXPECT_EQ(result.negatives.shortest, 207u);
  EXPECT_EQ(result.length_auroc.value, 1) << "every positive is shorter";
  EXPECT_EQ(result.cut, 30u + 0u);
  EXPECT_EQ(result.models[0].auroc_gain.value, 0);
}

TEST(Evaluation, EqualLengthsTakeTheGainOfManyWindowsAway) {
  // Without a signal long negatives win by their number of windows alone.
  test::Random random(8);
  LabelledSet set;
  for (int i = 0; i < 200; ++i)
    set.records.push_back({"r", test::random_codes(random, i % 2 ? 1500 : 174), i % 2 == 0});
  const auto make = [](const Model&) { return std::make_unique<test::FunctionEngine>(u_logit); };
  EvaluationOptions options;
  options.bootstrap.resamples = 10;
  const auto result = evaluate(set, {named("m")}, make, options);
  EXPECT_LT(at(result->models[0].metrics, Metric::auroc).value, 0.1);
  EXPECT_NEAR(result->models[0].matched_auroc.value, 0.5, 0.1);
  EXPECT_EQ(result->length_auroc.value, 1);
}

TEST(EvaluationReport, SaysTheSameInTextAndJson) {
  const Evaluation result = made_evaluation(2);
  const std::string text = evaluation_text(result, Columns::models);
  for (const char* part : {"10 positive (150 to 186 bases)", "30 negative", "threshold  0.4", "200 bootstrap", "first",
                           "se<c>&ond", "AUROC, equal lengths", "shorter is positive", "MCC", "less the first's"})
    EXPECT_NE(text.find(part), std::string::npos) << part << " in:\n" << text;
  const auto json = nlohmann::json::parse(evaluation_json(result, Columns::models, "1.2.3"));
  EXPECT_EQ(json["version"], "1.2.3");
  ASSERT_EQ(json["models"].size(), 2u);
  for (const auto& [key, title] : kMetrics) EXPECT_TRUE(json["models"][1][key].contains("low")) << title;
  EXPECT_EQ(json["models"][0]["auroc"]["value"], at(result.models[0].metrics, Metric::auroc).value);
  EXPECT_FALSE(json.contains("folds"));
  EXPECT_EQ(text.find(" \n"), std::string::npos) << "a line ends in a blank:\n" << text;
}

TEST(EvaluationReport, SumsUpFolds) {
  const Evaluation result = made_evaluation(3);
  const std::string text = evaluation_text(result, Columns::folds);
  EXPECT_NE(text.find(" ± "), std::string::npos);
  const auto json = nlohmann::json::parse(evaluation_json(result, Columns::folds, "1"));
  double sum = 0;
  for (const auto& model : result.models) sum += at(model.metrics, Metric::aupr).value;
  EXPECT_NEAR(json["folds"]["aupr"]["mean"].get<double>(), sum / 3, 1e-12);
}

TEST(Curves, AreWellFormedAndEscaped) {
  for (const auto& [models, columns] : {std::pair{1, Columns::models}, {2, Columns::models}, {3, Columns::folds}}) {
    const Evaluation result = made_evaluation(std::size_t(models));
    for (const std::string& svg : {roc_svg(result, columns), precision_recall_svg(result, columns)}) {
      EXPECT_TRUE(svg.starts_with("<svg xmlns=\"http://www.w3.org/2000/svg\""));
      EXPECT_TRUE(svg.ends_with("</svg>\n"));
      EXPECT_EQ(std::ranges::count(svg, '<'), std::ranges::count(svg, '>'));
      EXPECT_EQ(svg.find("nan"), std::string::npos);
      EXPECT_EQ(svg.find("inf"), std::string::npos);
      EXPECT_EQ(svg.find("<c>"), std::string::npos);
      std::size_t paths = 0;
      for (std::size_t at = svg.find("<path"); at != svg.npos; at = svg.find("<path", at + 1)) ++paths;
      EXPECT_EQ(paths, std::size_t(models));
    }
  }
}

}  // namespace
}  // namespace iresweep
