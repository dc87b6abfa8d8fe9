// Bases as the other strand has them.
#pragma once
#include <algorithm>
#include <vector>

#include "iresweep/bases.h"

namespace iresweep {

inline void reverse_complement(std::vector<BaseCode>& codes) {
  std::reverse(codes.begin(), codes.end());
  for (BaseCode& code : codes) code = complement(code);
}

}  // namespace iresweep
