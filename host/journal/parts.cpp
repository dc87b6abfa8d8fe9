#include "host/journal/parts.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <filesystem>
#include <optional>

#include "iresweep/error.h"

namespace iresweep {
namespace {

constexpr std::size_t kMostNamed = 10;

RunFacts facts_in_common(const PartFile& part) {
  RunFacts facts = part.facts();
  facts.erase(kShardFact);
  facts.erase(kFolderFact);
  return facts;
}

// A merge reads them again from the folder of the scans.
std::vector<std::string> absolute(std::vector<std::string> paths) {
  for (std::string& path : paths) path = std::filesystem::absolute(path).string();
  return paths;
}

}  // namespace

Parts::Parts(const std::vector<std::string>& paths) : stamps_(absolute(paths)) {
  for (const std::string& path : paths) {
    parts_.push_back(std::make_unique<PartFile>(path));
    if (parts_.size() == 1) facts_ = facts_in_common(*parts_.front());
    check_same(*parts_.back());
  }
  const auto number = [](const auto& part) { return part->shard().number; };
  std::ranges::stable_sort(parts_, {}, number);
  check_all();
}

std::string Parts::folder() const {
  const RunFacts& facts = parts_.front()->facts();
  const auto folder = facts.find(kFolderFact);
  return folder == facts.end() ? "" : folder->second;
}

std::vector<const Scores*> Parts::scores() const {
  std::vector<const Scores*> all;
  for (const auto& part : parts_) all.push_back(part.get());
  return all;
}

void Parts::check_same(const PartFile& part) const {
  const PartFile& first = *parts_.front();
  std::optional<std::string> other = difference(facts_, facts_in_common(part));
  if (part.shard().of != first.shard().of)
    other = fmt::format("it is one of {}, not of {}", part.shard().of, first.shard().of);
  if (other)
    throw Error(fmt::format("the part is of another scan than '{}': {}", first.path(), *other), part.path(),
                "give the parts of one scan, all made with the same options, inputs, model and kind of device");
}

void Parts::check_all() const {
  for (std::size_t i = 1; i < parts_.size(); ++i)
    if (const Shard& shard = parts_[i]->shard(); shard.number == parts_[i - 1]->shard().number)
      throw Error(fmt::format("part {} of {} is given twice", shard.number, shard.of), parts_[i]->path(),
                  fmt::format("leave it out, or '{}'", parts_[i - 1]->path()));
  const std::uint64_t of = parts_.front()->shard().of;
  if (parts_.size() == of) return;
  std::vector<std::uint64_t> missing;
  auto part = parts_.begin();
  for (std::uint64_t number = 1; number <= of && missing.size() < kMostNamed; ++number)
    if (part != parts_.end() && (*part)->shard().number == number)
      ++part;
    else
      missing.push_back(number);
  const std::uint64_t all = of - parts_.size();
  throw Error(fmt::format("{} of {} parts {} missing: {}{}", all, of, all == 1 ? "is" : "are", fmt::join(missing, ", "),
                          all > missing.size() ? ", ..." : ""),
              "command line", fmt::format("give them, too; scan --shard {}/{} makes one", missing.front(), of));
}

}  // namespace iresweep
