// The model that lies in the program itself; builtin_model() of iresweep/model.h reads it.
#pragma once
#include <string_view>

namespace iresweep {

/// What it is called where a file's name would stand.
inline constexpr const char* kBuiltinName = "built-in";

/// What it learned from, how good it is, what it cannot do, whom to cite: docs/model-card.md.
std::string_view builtin_card();

}  // namespace iresweep
