// What is asked of a window, and each method's one value a position.
#pragma once
#include <limits>
#include <string_view>
#include <vector>

#include "host/explain/explainer.h"

namespace iresweep {

struct Methods {
  bool gradcam = true, gradient = true, attention = true, mutagenesis = true;
  int deletion = 0;  ///< of mutagenesis: bases deleted at once; 0: none

  bool attribution() const { return gradcam || gradient || attention; }
};

/// A method's value of a position; no number where there is none.
struct PositionValue {
  std::string_view name;  ///< as --methods has it
  double (*of)(const Explanation&, int position);
};

/// Of the methods asked for, in the order of their columns.
inline std::vector<PositionValue> position_values(const Methods& methods) {
  std::vector<PositionValue> values;
  if (methods.gradcam)
    values.push_back({"gradcam", [](const Explanation& e, int t) { return e.attribution->grad_cam[t]; }});
  if (methods.gradient)
    values.push_back({"gradient", [](const Explanation& e, int t) { return e.attribution->gradient_x_input[t]; }});
  if (methods.attention)
    values.push_back({"attention", [](const Explanation& e, int t) { return e.attribution->attention[t]; }});
  if (methods.mutagenesis)
    values.push_back(
        {"mutagenesis", [](const Explanation& e, int t) { return e.mutations->importance(t, e.window.codes); }});
  return values;
}

/// The change of the logit by a deletion that begins at the position; no number where none does.
inline double deletion_at(const Explanation& explanation, int position) {
  const auto& deletion = explanation.mutations->deletion;
  return std::size_t(position) < deletion.size() ? double(deletion[position])
                                                 : std::numeric_limits<double>::quiet_NaN();
}

}  // namespace iresweep
