#include "host/input/gene_models/name_matcher.h"

#include <limits>

#include "host/input/gene_models/model_builder.h"

namespace iresweep {
namespace {

constexpr std::size_t kSeveral = std::numeric_limits<std::size_t>::max();

bool has_version(std::string_view name) { return without_version(name).size() < name.size(); }

// "transcript:T|G|x": T.
std::string_view up_to_bar(std::string_view name) {
  const std::string_view bare = bare_id(name);
  return bare.substr(0, bare.find('|'));
}

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
    versioned_.push_back(has_version(names[i]));
  }
}

std::optional<std::size_t> NameMatcher::find(std::string_view name) const {
  if (const auto found = find_versioned(name)) return found;
  return look_up(unversioned_, without_version(up_to_bar(name)));
}

std::optional<std::size_t> NameMatcher::find_contig(std::string_view name) const {
  if (const auto found = find_versioned(name)) return found;
  const std::string_view cut = up_to_bar(name);
  const auto found = look_up(unversioned_, without_version(cut));
  return found && has_version(cut) && versioned_[*found] ? std::nullopt : found;
}

std::optional<std::size_t> NameMatcher::find_versioned(std::string_view name) const {
  for (const std::string_view candidate : {name, bare_id(name), up_to_bar(name)})
    if (const auto found = look_up(whole_, candidate)) return found;
  return std::nullopt;
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
