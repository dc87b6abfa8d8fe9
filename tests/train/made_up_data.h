// A training table whose answer is known: positives are rich in U, negatives in G.
#pragma once
#include <string>

#include "host/train/table.h"
#include "tests/support/seeded_network.h"

namespace iresweep::test {

struct MadeUp {
  int rows = 320, groups = 80, folds = 5;  ///< no folds: 0
  bool labels = true, soft = false;
};

/// `MadeUp::groups` groups of rows in turn; the fold follows from the group. Soft labels are +-3.
train::Table made_up_table(const MadeUp& wanted, std::uint64_t seed = 1);

}  // namespace iresweep::test
