// The project's own goldens: what the oracle once gave for a seeded network, layer by layer, kept in a file.
//
// They guard the oracle itself, and the seeded networks that all other tests stand on, against changing unseen.
// Text, one item a line:
//   iresweep golden 1
//   seed SEED
//   weights HASH
//   window LETTERS LOGIT         174 letters of ACGTN; rows that follow belong to it
//   row LAYER POSITION VALUE...  one position of block1, block2 or gru; attention and context whole, at position 0
#pragma once
#include <array>
#include <cstdint>
#include <istream>
#include <ostream>
#include <string>
#include <vector>

#include "iresweep/bases.h"

namespace iresweep::test {

struct GoldenRow {
  std::string layer;
  std::size_t position = 0;
  std::vector<double> values;
};

struct GoldenWindow {
  std::array<BaseCode, kWindow> codes{};
  double logit = 0;
  std::vector<GoldenRow> rows;
};

struct Golden {
  std::uint64_t seed = 0;    ///< of seeded_network()
  std::string weights_hash;  ///< of that network
  std::vector<GoldenWindow> windows;
};

/// The goldens in tests/goldens/oracle.txt. Throws std::runtime_error for anything but a whole file.
Golden read_golden();
Golden read_golden(std::istream& text);

/// Doubles with 17 digits: they come back as they were.
void write_golden(std::ostream& text, const Golden& golden);

}  // namespace iresweep::test
