// What the walks over made-up records share.
#pragma once
#include <cstdint>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "tests/support/seeded_network.h"

namespace iresweep {

using Logits = std::map<std::pair<std::uint64_t, char>, std::vector<float>>;  // of a record and strand, by place

/// Records longer than windows, as long, shorter and empty.
inline std::vector<std::string> texts() {
  test::Random random(3);
  std::vector<std::string> texts;
  for (const int size : {700, 0, 174, 20, 1200, 175, 300}) {
    std::string& text = texts.emplace_back();
    for (int i = 0; i < size; ++i) text += "ACGTN"[random.below(5)];
  }
  return texts;
}

}  // namespace iresweep
