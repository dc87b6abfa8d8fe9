#include "host/train/fit.h"

#include <fmt/format.h>
#include <torch/torch.h>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <limits>
#include <numbers>

#include "host/train/checkpoint.h"
#include "host/train/metrics.h"
#include "host/train/objective.h"
#include "host/train/optimiser.h"
#include "host/train/record.h"
#include "host/train/sampler.h"
#include "iresweep/error.h"

namespace iresweep::train {
namespace {

using torch::Tensor;

constexpr std::uint64_t kWeightsPurpose = 2, kDropoutPurpose = 3, kOrderPurpose = 4;
constexpr double kPlateauFactor = 0.5;

std::vector<Window> windows_of(const std::vector<Row>& rows, const std::vector<std::uint32_t>& chosen) {
  std::vector<Window> windows;
  for (const std::uint32_t i : chosen) windows.emplace_back(rows[i].codes);
  return windows;
}

void copy_values(const std::vector<Tensor>& from, const std::vector<Tensor>& to) {
  const torch::NoGradGuard guard;
  for (std::size_t i = 0; i < from.size(); ++i) to[i].copy_(from[i]);
}

// Rows that the loss can use.
std::vector<std::uint32_t> useful(const std::vector<Row>& rows, std::vector<std::uint32_t> chosen,
                                  const FitOptions& options) {
  std::erase_if(chosen, [&](std::uint32_t i) {
    return !(rows[i].label && options.soft_share < 1) && !(rows[i].soft && options.soft_share > 0);
  });
  return chosen;
}

class Run {
 public:
  Run(const Table& table, const Split& split, const FitOptions& options)
      : table_(table),
        split_(split),
        options_(options),
        identity_(identity_of(table, split, options)),
        objective_(table.rows, split.training, options),
        sampler_(table.rows, split.training, options.mix, options.batch, derived_seed(options.seed, kOrderPurpose, 0)),
        network_(options.architecture, options.shape, derived_seed(options.seed, kWeightsPurpose, 0)),
        average_(options.architecture, options.shape, 0),
        best_(options.architecture, options.shape, 0),
        adam_(network_.parameters()),
        epoch_steps_(options.epoch_steps > 0 ? options.epoch_steps
                                             : std::max(1, int(split.training.size()) / options.batch)) {
    copy_values(network_.state(), average_.state());
    for (const auto& group : {network_.state(), average_.state(), best_.state(), adam_.moments()})
      state_.tensors.insert(state_.tensors.end(), group.begin(), group.end());
    state_.best_value = -std::numeric_limits<double>::max();
    if (options.resume && std::filesystem::exists(options.checkpoint))
      read_checkpoint(options.checkpoint, identity_, state_);
  }

  Fitted run(const std::function<void(const Epoch&)>& report) {
    while (int(state_.epochs.size()) < options_.epochs && !out_of_patience()) {
      train_epoch();
      if (!options_.checkpoint.empty()) write_checkpoint(options_.checkpoint, identity_, state_);
      report(state_.epochs.back());
    }
    return {std::move(options_.keep_best ? best_ : judged()), state_.epochs, state_.kept_epoch};
  }

 private:
  bool out_of_patience() const { return options_.patience > 0 && state_.epochs_without_gain >= options_.patience; }

  // The network that is judged and kept: the average of weights where one is wanted.
  Trainable& judged() { return options_.averaging > 0 ? average_ : network_; }

  double rate_at(std::uint64_t step) const {
    const double total = double(epoch_steps_) * options_.epochs, warmup = options_.warmup_steps;
    double rate = options_.learning_rate * state_.rate_scale;
    if (double(step) < warmup) return rate * (double(step) + 1) / warmup;
    if (options_.schedule == Schedule::cosine && total > warmup)
      rate *= (1 + std::cos(std::numbers::pi * (double(step) - warmup) / (total - warmup))) / 2;
    return rate;
  }

  double train_step(std::uint64_t step) {
    const auto chosen = sampler_.batch(step);
    torch::manual_seed(derived_seed(options_.seed, kDropoutPurpose, step));
    const Tensor loss = objective_.loss(network_.forward(windows_of(table_.rows, chosen), options_.dropout), chosen);
    const double value = loss.item<double>();
    if (!std::isfinite(value))
      throw Error(fmt::format("the loss is not a number at step {}", step + 1), table_.name,
                  "lower --learning-rate, or look for extreme soft labels and weights");
    loss.backward();
    adam_.step(step, rate_at(step));
    if (options_.averaging > 0) add_to_average(step);
    return value;
  }

  // Early on the average forgets faster, so that the first weights don't linger.
  void add_to_average(std::uint64_t step) {
    const torch::NoGradGuard guard;
    const double decay = std::min(options_.averaging, (1 + double(step)) / (10 + double(step)));
    const auto from = network_.state(), to = average_.state();
    for (std::size_t i = 0; i < from.size(); ++i) to[i].lerp_(from[i], 1 - decay);
  }

  void train_epoch() {
    Epoch epoch;
    epoch.number = int(state_.epochs.size()) + 1;
    const std::uint64_t first = std::uint64_t(epoch.number - 1) * epoch_steps_;
    epoch.learning_rate = rate_at(first);
    for (int i = 0; i < epoch_steps_; ++i) epoch.training_loss += train_step(first + i) / epoch_steps_;
    if (!split_.validation.empty())
      epoch.validation =
          judge(table_.rows, split_.validation, judged().score(windows_of(table_.rows, split_.validation)), options_);
    select(epoch);
    state_.epochs.push_back(epoch);
  }

  void select(Epoch& epoch) {
    if (epoch.validation) {
      const auto& quality = *epoch.validation;
      const double value = options_.monitor == Monitor::auroc ? *quality.auroc : -quality.loss;
      epoch.best = value > state_.best_value;
      if (epoch.best) state_.best_value = value;
    }
    state_.epochs_without_gain = epoch.best ? 0 : state_.epochs_without_gain + 1;
    if (options_.schedule == Schedule::plateau && !epoch.best &&
        state_.epochs_without_gain % options_.plateau_epochs == 0)
      state_.rate_scale *= kPlateauFactor;
    if (epoch.best && options_.keep_best) copy_values(judged().state(), best_.state());
    if (epoch.best || !options_.keep_best) state_.kept_epoch = epoch.number;
  }

  const Table& table_;
  const Split& split_;
  const FitOptions& options_;
  const std::string identity_;
  Objective objective_;
  Sampler sampler_;
  Trainable network_, average_, best_;
  Adam adam_;
  const int epoch_steps_;
  RunState state_;
};

}  // namespace

void check_options(const FitOptions& options) {
  const auto need = [](bool met, const char* what, const char* hint) {
    if (!met) throw Error(what, "", hint);
  };
  check_shape(options.shape);
  need(options.batch >= 16 && options.batch % 16 == 0, "the batch is not a multiple of 16", "give 64 or 128");
  need(options.epochs >= 1, "there is no epoch to train", "give --epochs 1 or more");
  need(options.epoch_steps >= 0 && options.warmup_steps >= 0, "steps are negative", "give 0 or more");
  need(options.soft_share >= 0 && options.soft_share <= 1, "--soft-share is outside 0 to 1", "0 is labels only");
  need(options.soft_clamp > 0, "--soft-clamp is not positive", "the usual value is 6");
  need(options.learning_rate > 0, "--learning-rate is not positive", "the usual value is 0.002");
  need(options.dropout >= 0 && options.dropout < 1, "--dropout is outside 0 to 1", "usual values are 0 to 0.5");
  need(options.averaging >= 0 && options.averaging < 1, "--average is outside 0 to 1", "0 is none; 0.999 is usual");
  need(options.plateau_epochs >= 1 && options.patience >= 0, "epochs of patience are negative", "give 0 or more");
  need(!options.resume || !options.checkpoint.empty(), "--resume without --checkpoint", "name the checkpoint");
}

Quality judge(const std::vector<Row>& rows, const std::vector<std::uint32_t>& chosen, const std::vector<double>& logits,
              const FitOptions& options) {
  Quality quality;
  std::vector<double> labelled, softened, soft;
  std::vector<int> labels;
  for (std::size_t i = 0; i < chosen.size(); ++i) {
    const Row& row = rows[chosen[i]];
    if (row.label) labelled.push_back(logits[i]), labels.push_back(*row.label);
    if (row.soft) {
      softened.push_back(logits[i]);
      soft.push_back(std::clamp(double(*row.soft), -options.soft_clamp, options.soft_clamp));
    }
  }
  quality.loss = Objective(rows, chosen, options)
                     .loss(torch::tensor(std::vector<float>(logits.begin(), logits.end())), chosen)
                     .item<double>();
  quality.auroc = auroc(labelled, labels);
  if (!soft.empty()) {
    double squares = 0;
    for (std::size_t i = 0; i < soft.size(); ++i) squares += (soft[i] - softened[i]) * (soft[i] - softened[i]);
    quality.soft_error = std::sqrt(squares / double(soft.size()));
    quality.soft_correlation = correlation(softened, soft);
  }
  return quality;
}

Fitted fit(const Table& table, const Split& whole, const FitOptions& options,
           const std::function<void(const Epoch&)>& report) {
  check_options(options);
  const Split split{useful(table.rows, whole.training, options), useful(table.rows, whole.validation, options), {}};
  const bool validates = !split.validation.empty();
  if (options.soft_share < 1) check_classes(table.rows, split.training, "training");
  if (validates && (options.soft_share < 1 || options.monitor == Monitor::auroc))
    check_classes(table.rows, split.validation, "validation");
  if (options.soft_share > 0 && std::none_of(split.training.begin(), split.training.end(),
                                             [&](std::uint32_t i) { return table.rows[i].soft.has_value(); }))
    throw Error("no row has a soft label", table.name, "add the column, name it by --soft-column, or --soft-share 0");
  if (!validates && (options.keep_best || options.patience > 0 || options.schedule == Schedule::plateau))
    throw Error("without validation rows no epoch can be called the best", table.name,
                "validate on a fold, or --keep last without --patience and --schedule plateau");
  return Run(table, split, options).run(report);
}

}  // namespace iresweep::train
