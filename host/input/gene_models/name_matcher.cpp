#include "host/input/gene_models/name_matcher.h"

#include <limits>

#include "host/input/gene_models/model_builder.h"

namespace iresweep {
namespace {

constexpr std::size_t kSeveral = std::numeric_limits<std::size_t>::max();

}  // namespace

std::string_view without_version(std::string_view name) {
  const std::size_t dot = name.find_last_not_of("0123456789");
  const bool versioned = dot != name.npos && dot > 0 && name[dot] == '.' && dot + 1 < name.size();
  return versioned ? name.substr(0, dot) : name;
}

NameMatcher::NameMatcher(const std::vector<std::string>& names) {
  for (std::size_t i = 0; i < names.size(); ++i) {
    add(whole_, names[i], i);
    add(unversioned_, without_version(names[i]), i);
  }
}

std::optional<std::size_t> NameMatcher::find(std::string_view name) const {
  const std::string_view bare = bare_id(name), cut = bare.substr(0, bare.find('|'));
  for (const std::string_view candidate : {name, bare, cut})
    if (const auto found = look_up(whole_, candidate)) return found;
  return look_up(unversioned_, without_version(cut));
}

std::optional<std::size_t> NameMatcher::find_whole(std::string_view name) const { return look_up(whole_, name); }

void NameMatcher::add(Map& map, std::string_view name, std::size_t index) {
  if (const auto [at, fresh] = map.emplace(name, index); !fresh) at->second = kSeveral;
}

std::optional<std::size_t> NameMatcher::look_up(const Map& map, std::string_view name) {
  const auto found = map.find(name);
  if (found == map.end() || found->second == kSeveral) return std::nullopt;
  return found->second;
}

}  // namespace iresweep
