// An evaluation for people and for records.
#pragma once
#include <cstddef>
#include <string>

#include "host/evaluate/evaluation.h"

namespace iresweep {

enum class Columns {
  models,  ///< one a model, with intervals
  folds,   ///< one for all: mean ± sd of the models
};

/// A model's name in `most` letters: the end of a path says more than its beginning.
std::string short_name(const ModelEvaluation& model, std::size_t most);

std::string evaluation_text(const Evaluation& result, Columns columns);

/// Indented JSON, keys in a fixed order, a line end last. With Columns::folds it also holds means and deviations.
std::string evaluation_json(const Evaluation& result, Columns columns, const std::string& version);

}  // namespace iresweep
