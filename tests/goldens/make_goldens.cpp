// Writes the project's goldens to standard output: make_goldens > tests/goldens/oracle.txt
//
// To be run only when the network or the seeded weights change on purpose; tests/reference/golden_test.cpp compares.
#include <algorithm>
#include <iostream>

#include "iresweep/model.h"
#include "kernels/reference/forward.h"
#include "tests/support/golden.h"
#include "tests/support/seeded_network.h"

namespace iresweep::test {
namespace {

constexpr std::uint64_t kSeed = 4;
constexpr int kWindows = 64, kWindowsWithLayers = 2;

// Random windows, every other one with missing bases somewhere; the second short and padded on the left; the last one
// of missing bases only.
std::vector<BaseCode> golden_codes(Random& random, int window) {
  if (window == kWindows - 1) return std::vector<BaseCode>(kWindow, kMissing);
  std::vector<BaseCode> codes = random_codes(random, kWindow, window % 4 == 3 ? 0.2 : 0);
  if (window % 4 == 1) std::fill_n(codes.begin(), 1 + random.below(kWindow - 1), kMissing);
  return codes;
}

// Both ends, where padding counts, and some of the inside.
std::vector<GoldenRow> rows_of(const reference::Layers& layers) {
  std::vector<GoldenRow> rows;
  for (const std::size_t position : {0, 1, 2, 5, 6, 87, 167, 168, 171, 172, 173}) {
    rows.push_back({"block1", position, layers.block1[position]});
    rows.push_back({"block2", position, layers.block2[position]});
    rows.push_back({"gru", position, layers.gru[position]});
  }
  rows.push_back({"attention", 0, layers.attention});
  rows.push_back({"context", 0, layers.context});
  return rows;
}

Golden make() {
  const Network network = seeded_network(kSeed);
  Golden golden{kSeed, weights_hash(network), {}};
  Random random(kSeed + 1);
  for (int i = 0; i < kWindows; ++i) {
    GoldenWindow window;
    std::ranges::copy(golden_codes(random, i), window.codes.begin());
    const reference::Layers layers = reference::forward(network, window.codes);
    window.logit = layers.logit;
    if (i < kWindowsWithLayers) window.rows = rows_of(layers);
    golden.windows.push_back(window);
  }
  return golden;
}

}  // namespace
}  // namespace iresweep::test

int main() {
  iresweep::test::write_golden(std::cout, iresweep::test::make());
  return std::cout.flush() ? 0 : 1;
}
