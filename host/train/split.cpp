#include "host/train/split.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <string>

#include "host/train/sampler.h"
#include "iresweep/error.h"

namespace iresweep::train {
namespace {

constexpr std::uint64_t kFoldPurpose = 1;

// Every group's fold by the table itself.
std::map<std::string, int> given_folds(const std::vector<Row>& rows) {
  std::map<std::string, int> folds;
  for (const Row& row : rows) {
    if (!row.fold) continue;
    const auto [entry, fresh] = folds.emplace(row.group, *row.fold);
    if (!fresh && entry->second != *row.fold)
      throw Error(fmt::format("group '{}' is in fold {} and in fold {}", row.group, entry->second, *row.fold),
                  "row '" + row.id + "'", "similar sequences must share a fold");
  }
  return folds;
}

// Groups in an order drawn by the seed, the largest first, each to the fold that has the fewest rows.
std::map<std::string, int> made_folds(const std::vector<Row>& rows, int count, std::uint64_t seed) {
  std::map<std::string, std::size_t> sizes;
  for (const Row& row : rows) ++sizes[row.group];
  std::vector<std::pair<std::string, std::size_t>> groups(sizes.begin(), sizes.end());
  Random random(derived_seed(seed, kFoldPurpose, 0));
  for (std::size_t i = groups.size(); i > 1; --i) std::swap(groups[i - 1], groups[random.below(i)]);
  std::stable_sort(groups.begin(), groups.end(), [](const auto& a, const auto& b) { return a.second > b.second; });
  std::vector<std::size_t> filled(std::size_t(count), 0);
  std::map<std::string, int> folds;
  for (const auto& [group, size] : groups) {
    const auto emptiest = std::min_element(filled.begin(), filled.end());
    *emptiest += size;
    folds[group] = int(emptiest - filled.begin());
  }
  return folds;
}

Split split_by(const std::vector<int>& folds, int validation, int held_out) {
  Split split;
  for (std::uint32_t i = 0; i < folds.size(); ++i)
    (folds[i] >= 0 && folds[i] == held_out     ? split.held_out
     : folds[i] >= 0 && folds[i] == validation ? split.validation
                                               : split.training)
        .push_back(i);
  if (split.training.empty()) throw Error("no row is left to train on", "", "use more folds");
  return split;
}

}  // namespace

std::vector<int> folds_of(const std::vector<Row>& rows, int folds, std::uint64_t seed) {
  auto of_group = given_folds(rows);
  const bool made = of_group.empty();
  if (made) of_group = made_folds(rows, folds, seed);
  std::vector<int> result;
  for (const Row& row : rows) {
    const auto found = of_group.find(row.group);
    result.push_back(found == of_group.end() ? -1 : found->second);
  }
  return result;
}

Split split_by_fold(const std::vector<int>& folds, int validation_fold, int held_out_fold) {
  if (held_out_fold >= 0 && held_out_fold == validation_fold)
    throw Error(fmt::format("fold {} can't both validate and be held out", held_out_fold), "", "hold another fold out");
  Split split = split_by(folds, validation_fold, held_out_fold);
  if (validation_fold >= 0 && split.validation.empty())
    throw Error(fmt::format("no row is in fold {}", validation_fold), "", "choose another fold to validate on");
  if (held_out_fold >= 0 && split.held_out.empty())
    throw Error(fmt::format("no row is in fold {}", held_out_fold), "", "choose another fold to hold out");
  return split;
}

Split split_for_round(const std::vector<int>& folds, int fold) {
  const int count = 1 + *std::max_element(folds.begin(), folds.end());
  if (count < 3)
    throw Error(fmt::format("there are {} folds", count), "",
                "cross-validation needs three or more: one held out, one to validate, the rest to train");
  Split split = split_by(folds, (fold + 1) % count, fold);
  if (split.held_out.empty() || split.validation.empty())
    throw Error(fmt::format("fold {} or {} has no rows", fold, (fold + 1) % count), "", "number the folds from 0 on");
  return split;
}

void check_classes(const std::vector<Row>& rows, const std::vector<std::uint32_t>& chosen, const char* what) {
  std::array<std::size_t, 2> counts{};
  for (const std::uint32_t i : chosen)
    if (rows[i].label && rows[i].weight > 0) ++counts[std::size_t(*rows[i].label)];
  for (int label = 0; label < 2; ++label)
    if (counts[std::size_t(label)] == 0)
      throw Error(fmt::format("no row of class {} among the {} rows", label, what), "", "both classes are needed");
}

}  // namespace iresweep::train
