// The contigs that a file names.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace iresweep {

/// A whole sequence of the input, e.g. a chromosome.
struct Contig {
  std::string name;
  std::int64_t size = 0;  ///< bases
};

/// In the order of the file; a name stands for one contig.
class Contigs {
 public:
  /// False, and nothing added, where a contig has that name.
  bool add(std::string name, std::int64_t size) {
    if (!by_name_.emplace(name, all_.size()).second) return false;
    all_.push_back({std::move(name), size});
    return true;
  }

  const std::vector<Contig>& all() const { return all_; }
  const Contig& operator[](std::size_t contig) const { return all_[contig]; }
  std::optional<std::size_t> find(std::string_view name) const {
    const auto found = by_name_.find(std::string(name));
    if (found == by_name_.end()) return std::nullopt;
    return found->second;
  }

 private:
  std::vector<Contig> all_;
  std::unordered_map<std::string, std::size_t> by_name_;
};

}  // namespace iresweep
