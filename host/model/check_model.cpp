#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "host/model/model_file.h"
#include "iresweep/error.h"

namespace iresweep {
namespace {

void check_weights(const Network& network, const std::string& path) {
  const char* mend = "train or convert the model again";
  for (const auto& tensor : tensors(network)) {
    const std::string place = fmt::format("{}, tensor '{}'", path, tensor.name);
    if (!std::ranges::all_of(tensor.values, [](float value) { return std::isfinite(value); }))
      throw Error("a weight is not a finite number", place, mend);
    if (tensor.name.ends_with(".variance") && std::ranges::min(tensor.values) < 0)
      throw Error("a variance is negative", place, mend);
  }
}

bool is_sound(const NullTable& table) {
  const auto falls = [](double before, double after) { return !(before < after); };
  const auto rises = [](double before, double after) { return !(before >= after); };
  return !table.logit.empty() && table.logit.size() == table.share.size() && table.windows > 0 &&
         std::ranges::all_of(table.logit, [](double value) { return std::isfinite(value); }) &&
         std::ranges::all_of(table.share, [](double value) { return value >= 0 && value <= 1; }) &&
         std::ranges::adjacent_find(table.logit, falls) == table.logit.end() &&
         std::ranges::adjacent_find(table.share, rises) == table.share.end();
}

}  // namespace

void check_model(const Model& model, const std::string& path) {
  if (model.window != kWindow)
    throw Error(fmt::format("its window has {} bases; DeepIRES has {}", model.window, kWindow), path,
                "give a model with this window");
  if (model.step < 1) throw Error(fmt::format("its step is {}", model.step), path, "give a model with a step above 0");
  check_weights(model.network, path);
  if (model.null_table && !is_sound(*model.null_table))
    throw Error("its null table is not one: logits must ascend, shares must not rise and lie between 0 and 1", path,
                "make it anew with `iresweep model calibrate`");
}

}  // namespace iresweep
