// Names of sequences and names of an annotation that mean the same.
#pragma once
#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace iresweep {

/// Without a version: "ENST00000373886.3" is "ENST00000373886".
std::string_view without_version(std::string_view name);

class NameMatcher {
 public:
  /// `names` of the annotation.
  explicit NameMatcher(const std::vector<std::string>& names);

  /// Index in `names` of what the sequence `name` is called there: the whole name, else `name` up to '|', else both
  /// without version. Nothing where none fits, or where several do.
  std::optional<std::size_t> find(std::string_view name) const;

  /// The same for a contig, of which two versions are two sequences ("NC_000003.11", "NC_000003.12"): a name without a
  /// version fits any, one with a version no other.
  std::optional<std::size_t> find_contig(std::string_view name) const;

  /// The whole name only.
  std::optional<std::size_t> find_whole(std::string_view name) const;

 private:
  struct Hash : std::hash<std::string_view> {
    using is_transparent = void;
  };
  using Map = std::unordered_map<std::string, std::size_t, Hash, std::equal_to<>>;
  std::optional<std::size_t> find_versioned(std::string_view name) const;
  static void add(Map& map, std::string_view name, std::size_t index);
  static std::optional<std::size_t> look_up(const Map& map, std::string_view name);

  std::vector<bool> versioned_;  ///< whether a name has a version
  Map whole_, unversioned_;      ///< a name that means several: no index
};

}  // namespace iresweep
