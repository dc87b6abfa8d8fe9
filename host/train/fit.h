// Training of one network: loss, optimiser, schedule, selection.
#pragma once
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "host/train/split.h"
#include "host/train/table.h"
#include "host/train/trainable.h"

namespace iresweep::train {

enum class Schedule { constant, cosine, plateau };
enum class Monitor { auroc, loss };

struct FitOptions {
  Architecture architecture = Architecture::full;
  Shape shape;
  std::uint64_t seed = 1;
  int batch = 64;       ///< a multiple of 16
  int epochs = 15;      ///< at most
  int epoch_steps = 0;  ///< batches in an epoch; 0: one pass over the training rows
  std::map<std::string, double> mix;

  double soft_share = 0;  ///< of the loss: 0 is labels only, 1 soft labels only
  double soft_clamp = 6;  ///< soft labels are cut to this size
  bool class_weights = true;

  double learning_rate = 2e-3;
  int warmup_steps = 100;
  Schedule schedule = Schedule::cosine;
  int plateau_epochs = 3;  ///< epochs without a better value until the rate is halved
  double dropout = 0;
  double averaging = 0;  ///< decay of the exponential average of weights; 0: none

  Monitor monitor = Monitor::auroc;
  bool keep_best = true;  ///< weights of the best epoch, else of the last
  int patience = 0;       ///< epochs without a better value until training stops; 0: never

  std::string checkpoint;  ///< written after every epoch when not empty
  bool resume = false;     ///< go on from the checkpoint when it is there
};

/// Throws Error for options that contradict each other or lie outside their range.
void check_options(const FitOptions& options);

/// How well rows are told apart. Absent: no labels of both classes, no soft labels.
struct Quality {
  double loss = 0;
  std::optional<double> auroc, soft_error, soft_correlation;
};

struct Epoch {
  int number = 0;  ///< from 1
  double training_loss = 0, learning_rate = 0;
  std::optional<Quality> validation;
  bool best = false;
};

struct Fitted {
  Trainable network;
  std::vector<Epoch> epochs;
  int kept_epoch = 0;
};

/// Trains on split.training. The same rows, split and options give the same weights to the last bit. `report` is called
/// after every epoch. Throws Error when the loss is no longer a number, for a class without rows, and for a checkpoint
/// of another run.
Fitted fit(const Table& table, const Split& split, const FitOptions& options,
           const std::function<void(const Epoch&)>& report);

/// The objective and the metrics of the given logits for chosen rows.
Quality judge(const std::vector<Row>& rows, const std::vector<std::uint32_t>& chosen, const std::vector<double>& logits,
              const FitOptions& options);

}  // namespace iresweep::train
