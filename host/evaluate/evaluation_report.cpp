#include "host/evaluate/evaluation_report.h"

#include <fmt/format.h>

#include <functional>
#include <nlohmann/json.hpp>

namespace iresweep {
namespace {

using Json = nlohmann::ordered_json;
using EstimateOf = std::function<Estimate(const ModelEvaluation&)>;

Estimate matched_auroc(const ModelEvaluation& model) { return model.matched_auroc; }

Spread spread(const Evaluation& result, const EstimateOf& estimate_of) {
  std::vector<double> values;
  for (const ModelEvaluation& model : result.models) values.push_back(estimate_of(model).value);
  return spread_of(values);
}

std::string with_interval(const Estimate& estimate, const char* sign = "") {
  return fmt::format(fmt::runtime(fmt::format("{{:{0}.4f}} [{{:{0}.4f}}, {{:{0}.4f}}]", sign)), estimate.value,
                     estimate.low, estimate.high);
}

std::string size_text(const ClassSize& size, const char* name) {
  const std::string lengths = size.shortest == size.longest ? fmt::format("{}", size.shortest)
                                                            : fmt::format("{} to {}", size.shortest, size.longest);
  return fmt::format("{} {} ({} bases)", size.records, name, lengths);
}

constexpr int kNameWidth = 26, kCellWidth = 28;

std::string row(const Evaluation& result, Columns columns, const std::string& name, const EstimateOf& estimate_of) {
  std::string text = fmt::format("{:<{}}", name, kNameWidth);
  if (columns == Columns::folds) {
    const auto [mean, sd] = spread(result, estimate_of);
    return text + fmt::format("{:.4f} ± {:.4f}\n", mean, sd);
  }
  for (const ModelEvaluation& model : result.models)
    text += fmt::format("{:<{}}", with_interval(estimate_of(model)), kCellWidth);
  return text.substr(0, text.find_last_not_of(' ') + 1) + "\n";
}

std::string gains(const Evaluation& result) {
  std::string text = fmt::format("{:<{}}{:<{}}", "  less the first's", kNameWidth, "", kCellWidth);
  for (std::size_t i = 1; i < result.models.size(); ++i)
    text += fmt::format("{:<{}}", with_interval(result.models[i].auroc_gain, "+"), kCellWidth);
  return text.substr(0, text.find_last_not_of(' ') + 1) + "\n";
}

std::string length_row(const Estimate& shortness, Columns columns) {
  const bool shorter = shortness.value >= 0.5;
  const Estimate shown = shorter ? shortness : Estimate{1 - shortness.value, 1 - shortness.high, 1 - shortness.low};
  return fmt::format("{:<{}}{}{}\n", "AUROC of length alone", kNameWidth,
                     columns == Columns::models ? with_interval(shown) : fmt::format("{:.4f}", shown.value),
                     shortness.value == 0.5 ? "" : (shorter ? ", shorter is positive" : ", longer is positive"));
}

Json estimate_json(const Estimate& estimate) {
  return {{"value", estimate.value}, {"low", estimate.low}, {"high", estimate.high}};
}

Json class_json(const ClassSize& size) {
  return {{"records", size.records}, {"shortest", size.shortest}, {"longest", size.longest}};
}

Json model_json(const ModelEvaluation& model) {
  Json json{{"name", model.name}, {"hash", model.hash}};
  for (std::size_t i = 0; i < kMetrics.size(); ++i) json[kMetrics[i].key] = estimate_json(model.metrics[i]);
  json["auroc_less_first"] = estimate_json(model.auroc_gain);
  json["auroc_equal_lengths"] = estimate_json(model.matched_auroc);
  return json;
}

Json folds_json(const Evaluation& result) {
  Json json;
  const auto add = [&](const char* key, const EstimateOf& estimate_of) {
    const auto [mean, sd] = spread(result, estimate_of);
    json[key] = {{"mean", mean}, {"sd", sd}};
  };
  for (std::size_t i = 0; i < kMetrics.size(); ++i)
    add(kMetrics[i].key, [i](const ModelEvaluation& model) { return model.metrics[i]; });
  add("auroc_equal_lengths", matched_auroc);
  return json;
}

}  // namespace

std::string short_name(const ModelEvaluation& model, std::size_t most) {
  const std::string& name = model.name;
  return name.size() <= most ? name : "..." + name.substr(name.size() - most + 3);
}

std::string evaluation_text(const Evaluation& result, Columns columns) {
  std::string text = fmt::format("records    {}, {}", size_text(result.positives, "positive"),
                                 size_text(result.negatives, "negative"));
  if (result.unlabelled > 0) text += fmt::format("; {} without a label passed over", result.unlabelled);
  if (result.filtered > 0) text += fmt::format("; {} left out by --where", result.filtered);
  text += fmt::format("\nthreshold  {:g}, step {}\n", result.options.threshold, result.options.step);
  if (columns == Columns::models) {
    text += fmt::format("intervals  the middle 95% of {} bootstrap resamples, seed {}\n\n{:<{}}",
                        result.options.bootstrap.resamples, result.options.bootstrap.seed, "", kNameWidth);
    for (const ModelEvaluation& model : result.models)
      text += fmt::format("{:<{}}", short_name(model, kCellWidth - 2), kCellWidth);
    text = text.substr(0, text.find_last_not_of(' ') + 1) + "\n";
  } else {
    text += fmt::format("models     {}; mean ± standard deviation\n\n", result.models.size());
  }
  for (std::size_t i = 0; i < kMetrics.size(); ++i) {
    text += row(result, columns, kMetrics[i].title, [i](const ModelEvaluation& model) { return model.metrics[i]; });
    if (Metric(i) == Metric::auroc && columns == Columns::models && result.models.size() > 1) text += gains(result);
    if (Metric(i) == Metric::auroc) text += row(result, columns, "AUROC, equal lengths", matched_auroc);
    if (Metric(i) == Metric::auroc) text += length_row(result.length_auroc, columns);
  }
  return text +
         fmt::format("\nequal lengths: {} of {} records were cut to the length of their match, keeping the middle\n",
                     result.cut, result.positives.records + result.negatives.records);
}

std::string evaluation_json(const Evaluation& result, Columns columns, const std::string& version) {
  Json json{{"version", version}};
  json["inputs"] = Json::array();
  for (const InputFacts& file : result.inputs)
    json["inputs"].push_back(
        {{"path", file.path}, {"bytes", file.bytes}, {"xxh3_128", file.checksum}, {"records", file.records}});
  json["unlabelled"] = result.unlabelled;
  json["left_out_by_where"] = result.filtered;
  json["positives"] = class_json(result.positives);
  json["negatives"] = class_json(result.negatives);
  json["threshold"] = result.options.threshold;
  json["step"] = result.options.step;
  json["resamples"] = result.options.bootstrap.resamples;
  json["seed"] = result.options.bootstrap.seed;
  json["auroc_of_shortness"] = estimate_json(result.length_auroc);
  json["records_cut_to_equal_lengths"] = result.cut;
  json["models"] = Json::array();
  for (const ModelEvaluation& model : result.models) json["models"].push_back(model_json(model));
  if (columns == Columns::folds) json["folds"] = folds_json(result);
  return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace iresweep
