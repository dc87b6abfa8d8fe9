// What is asked of a window, and each method's one value a position.
#pragma once
#include <limits>
#include <string>
#include <string_view>
#include <vector>

#include "host/explain/explainer.h"

namespace iresweep {

struct Methods {
  bool gradcam = true, gradient = true, attention = true, mutagenesis = true;
  int deletion = 0;  ///< of mutagenesis: bases deleted at once; 0: none

  bool attribution() const { return gradcam || gradient || attention; }
};

/// The names that --methods takes, in the order of the columns.
std::vector<std::string> method_names();

/// Those named, each by one of method_names(); no deletions.
Methods methods_named(const std::vector<std::string>& names);

/// A method's value of a position; no number where there is none.
struct PositionValue {
  std::string_view name;  ///< as --methods has it
  double (*of)(const Explanation&, int position);
};

/// Of the methods asked for, in the order of their columns.
std::vector<PositionValue> position_values(const Methods& methods);

/// The change of the logit by a deletion that begins at the position; no number where none does.
inline double deletion_at(const Explanation& explanation, int position) {
  const auto& deletion = explanation.mutations->deletion;
  return std::size_t(position) < deletion.size() ? double(deletion[position])
                                                 : std::numeric_limits<double>::quiet_NaN();
}

}  // namespace iresweep
