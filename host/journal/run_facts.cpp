#include "host/journal/run_facts.h"

#include <fmt/format.h>

namespace iresweep {
namespace {

std::optional<std::string> value_of(const RunFacts& facts, const std::string& what) {
  const auto found = facts.find(what);
  return found == facts.end() ? std::nullopt : std::optional(found->second);
}

}  // namespace

std::optional<std::string> difference(const RunFacts& before, const RunFacts& now) {
  RunFacts all = before;
  all.insert(now.begin(), now.end());
  for (const auto& [what, unused] : all) {
    const auto then = value_of(before, what), today = value_of(now, what);
    if (then == today || (what.starts_with(kIndexFact) && !(then && today))) continue;
    return fmt::format("{} was {} and is {}", what, then.value_or("not given"), today.value_or("not given"));
  }
  return std::nullopt;
}

}  // namespace iresweep
