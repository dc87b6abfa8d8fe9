#include "host/train/record.h"

#include <array>
#include <nlohmann/json.hpp>
#include <string_view>

#include "host/model/xxh3_hex.h"

namespace iresweep::train {
namespace {

using nlohmann::json;

constexpr std::array<std::string_view, 3> kSchedules{"constant", "cosine", "plateau"};
constexpr std::array<std::string_view, 2> kMonitors{"auroc", "loss"};

json json_of(const std::optional<double>& value) { return value ? json(*value) : json(nullptr); }

std::optional<double> optional_of(const json& value) {
  return value.is_null() ? std::nullopt : std::optional(value.get<double>());
}

json counts(const std::vector<Row>& rows, const std::vector<std::uint32_t>& chosen) {
  std::size_t positive = 0, negative = 0, soft = 0;
  for (const std::uint32_t i : chosen) {
    if (rows[i].label) ++(*rows[i].label ? positive : negative);
    if (rows[i].soft) ++soft;
  }
  return {{"rows", chosen.size()}, {"positive", positive}, {"negative", negative}, {"soft", soft}};
}

template <class Numbers>
std::string checksum_of(const Numbers& numbers) {
  return xxh3_hex({reinterpret_cast<const char*>(numbers.data()), numbers.size() * sizeof(numbers[0])});
}

}  // namespace

json json_of(const Quality& quality) {
  return {{"loss", quality.loss},
          {"auroc", json_of(quality.auroc)},
          {"soft_error", json_of(quality.soft_error)},
          {"soft_correlation", json_of(quality.soft_correlation)}};
}

json json_of(const std::vector<Epoch>& epochs) {
  json list = json::array();
  for (const Epoch& epoch : epochs)
    list.push_back({{"epoch", epoch.number},
                    {"training_loss", epoch.training_loss},
                    {"learning_rate", epoch.learning_rate},
                    {"validation", epoch.validation ? json_of(*epoch.validation) : json(nullptr)},
                    {"best", epoch.best}});
  return list;
}

std::vector<Epoch> epochs_of(const json& list) {
  std::vector<Epoch> epochs;
  for (const json& entry : list) {
    Epoch epoch{entry.at("epoch"), entry.at("training_loss"), entry.at("learning_rate"), {}, entry.at("best")};
    if (const json& judged = entry.at("validation"); !judged.is_null())
      epoch.validation = Quality{judged.at("loss"), optional_of(judged.at("auroc")),
                                 optional_of(judged.at("soft_error")), optional_of(judged.at("soft_correlation"))};
    epochs.push_back(epoch);
  }
  return epochs;
}

json json_of(const FitOptions& options) {
  return {{"architecture", name_of(options.architecture)},
          {"kernels", options.shape.kernels},
          {"filters", options.shape.filters},
          {"gru_units", options.shape.gru_units},
          {"seed", options.seed},
          {"batch", options.batch},
          {"epochs", options.epochs},
          {"epoch_steps", options.epoch_steps},
          {"mix", options.mix},
          {"soft_share", options.soft_share},
          {"soft_clamp", options.soft_clamp},
          {"class_weights", options.class_weights},
          {"learning_rate", options.learning_rate},
          {"warmup_steps", options.warmup_steps},
          {"schedule", kSchedules[std::size_t(options.schedule)]},
          {"plateau_epochs", options.plateau_epochs},
          {"dropout", options.dropout},
          {"averaging", options.averaging},
          {"monitor", kMonitors[std::size_t(options.monitor)]},
          {"keep_best", options.keep_best},
          {"patience", options.patience}};
}

json json_of(const Table& table, const Split& split) {
  return {{"table", table.name},
          {"checksum", table.checksum},
          {"training", counts(table.rows, split.training)},
          {"validation", counts(table.rows, split.validation)},
          {"held_out", counts(table.rows, split.held_out)}};
}

std::string identity_of(const Table& table, const Split& split, const FitOptions& options) {
  return json{{"options", json_of(options)},
              {"data", json_of(table, split)},
              {"training", checksum_of(split.training)},
              {"validation", checksum_of(split.validation)}}
      .dump();
}

}  // namespace iresweep::train
