// Which rows train, which validate: groups of similar sequences stay together.
#pragma once
#include <cstdint>
#include <vector>

#include "host/train/table.h"

namespace iresweep::train {

/// Indices of rows, ascending.
struct Split {
  std::vector<std::uint32_t> training, validation, held_out;
};

/// The fold of every row, or -1 for rows without one, which always train: the table's own folds where it has any,
/// else `folds` folds of about equal size, made from the groups by the seed. Throws Error when a group is in two
/// folds.
std::vector<int> folds_of(const std::vector<Row>& rows, int folds, std::uint64_t seed);

/// Validation is one fold, another is held out, the rest trains. A negative fold: none. Throws Error for a fold that is
/// not there, and when both are the same.
Split split_by_fold(const std::vector<int>& folds, int validation_fold, int held_out_fold = -1);

/// Cross-validation: `fold` is held out, the next one (in a circle) validates, the rest trains. Throws Error for fewer
/// than three folds.
Split split_for_round(const std::vector<int>& folds, int fold);

/// Throws Error when rows are to be told apart by labels and one class is missing.
void check_classes(const std::vector<Row>& rows, const std::vector<std::uint32_t>& chosen, const char* what);

}  // namespace iresweep::train
