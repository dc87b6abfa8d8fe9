#include "host/explain/methods.h"

#include <algorithm>
#include <array>

namespace iresweep {
namespace {

struct Method {
  PositionValue value;
  bool Methods::*asked;
};

const std::array<Method, 4>& all_methods() {
  static const std::array<Method, 4> methods = {{
      {{"gradcam", [](const Explanation& e, int t) { return e.attribution->grad_cam[t]; }}, &Methods::gradcam},
      {{"gradient", [](const Explanation& e, int t) { return e.attribution->gradient_x_input[t]; }},
       &Methods::gradient},
      {{"attention", [](const Explanation& e, int t) { return e.attribution->attention[t]; }}, &Methods::attention},
      {{"mutagenesis", [](const Explanation& e, int t) { return e.mutations->importance(t, e.window.codes); }},
       &Methods::mutagenesis},
  }};
  return methods;
}

}  // namespace

std::vector<std::string> method_names() {
  std::vector<std::string> names;
  for (const Method& method : all_methods()) names.emplace_back(method.value.name);
  return names;
}

Methods methods_named(const std::vector<std::string>& names) {
  Methods methods{.gradcam = false, .gradient = false, .attention = false, .mutagenesis = false};
  for (const Method& method : all_methods()) methods.*method.asked = std::ranges::count(names, method.value.name) > 0;
  return methods;
}

std::vector<PositionValue> position_values(const Methods& methods) {
  std::vector<PositionValue> values;
  for (const Method& method : all_methods())
    if (methods.*method.asked) values.push_back(method.value);
  return values;
}

}  // namespace iresweep
