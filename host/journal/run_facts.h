// What a run is, as far as its scores and rows depend on it: a killed run goes on only as itself.
#pragma once
#include <map>
#include <optional>
#include <string>

namespace iresweep {

/// What, and its value, as people read them: "--step" and "20". What was not given has no entry.
using RunFacts = std::map<std::string, std::string>;

/// Of a fact whose name begins so a value is compared only where both runs have one: indexes are made and removed
/// without a change of what they index.
inline constexpr const char* kIndexFact = "index ";

/// The first difference in words, "--step was 20 and is 50"; nothing where there is none.
std::optional<std::string> difference(const RunFacts& before, const RunFacts& now);

}  // namespace iresweep
