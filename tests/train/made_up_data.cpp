#include "tests/train/made_up_data.h"

namespace iresweep::test {
namespace {

std::vector<BaseCode> made_up_codes(Random& random, bool positive) {
  auto codes = random_codes(random, kWindow);
  for (BaseCode& code : codes)
    if (random.uniform(0, 1) < 0.3) code = positive ? 3 : 2;
  return codes;
}

}  // namespace

train::Table made_up_table(const MadeUp& wanted, std::uint64_t seed) {
  Random random(seed);
  train::Table table{{}, "made up", "made_up.tsv"};
  for (int i = 0; i < wanted.rows; ++i) {
    const bool positive = i % 2 == 0;
    train::Row row;
    row.id = "row" + std::to_string(i);
    row.codes = made_up_codes(random, positive);
    for (const BaseCode code : row.codes) row.bases += "ACGTN"[code];
    if (wanted.labels) row.label = positive ? 1 : 0;
    if (wanted.soft) row.soft = positive ? 3.0f : -3.0f;
    const int group = i % wanted.groups;
    row.group = "group" + std::to_string(group);
    if (wanted.folds > 0) row.fold = group % wanted.folds;
    row.part = i % 4 < 2 ? "common" : "rare";
    table.rows.push_back(std::move(row));
  }
  return table;
}

}  // namespace iresweep::test
