#include "host/journal/part_file.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <charconv>
#include <cstring>
#include <filesystem>
#include <optional>
#include <string_view>
#include <utility>

#include "iresweep/error.h"

namespace iresweep {
namespace {

/// Open for reading.
class Descriptor {
 public:
  explicit Descriptor(const std::string& path) : number_(::open(path.c_str(), O_RDONLY | O_CLOEXEC)) {
    if (number_ < 0)
      throw Error(fmt::format("cannot open the part: {}", std::strerror(errno)), path,
                  "check the name, and that it may be read");
  }
  ~Descriptor() { ::close(number_); }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  int number() const { return number_; }

 private:
  const int number_;
};

std::optional<WindowCounts> parse_windows(std::string_view text) {
  constexpr std::string_view kBetween = ", ";
  WindowCounts windows{};
  const char* const end = text.data() + text.size();
  const auto plus = std::from_chars(text.data(), end, windows[0]);
  if (plus.ec != std::errc() || !std::string_view(plus.ptr, end).starts_with(kBetween)) return std::nullopt;
  const auto minus = std::from_chars(plus.ptr + kBetween.size(), end, windows[1]);
  return minus.ec == std::errc() && minus.ptr == end ? std::optional(windows) : std::nullopt;
}

bool cover(const std::vector<ScoredRun>& runs, const WindowRange& range) {
  if (runs.empty()) return range.begin == range.end;
  return runs.front().first == range.begin && runs.back().first + runs.back().count == range.end;
}

}  // namespace

std::string windows_fact(const WindowCounts& windows) { return fmt::format("{}, {}", windows[0], windows[1]); }

PartFile::PartFile(std::string path) : path_(std::move(path)), absolute_(std::filesystem::absolute(path_).string()) {
  contents_ = read_journal(Descriptor(path_).number(), path_);
  const auto fact = [this](const char* what) -> std::string_view {
    if (!contents_.facts) return {};
    const auto found = contents_.facts->find(what);
    return found == contents_.facts->end() ? std::string_view() : std::string_view(found->second);
  };
  const auto shard = parse_shard(fact(kShardFact));
  const auto windows = parse_windows(fact(kWindowsFact));
  if (!shard || !windows)
    throw Error("the file is no part of a scan, or was written by another version", path_,
                "give files that `iresweep scan --shard` has written");
  shard_ = *shard;
  check_whole(*windows);
}

void PartFile::check_whole(const WindowCounts& windows) const {
  const StrandRanges ranges = ranges_of(shard_, windows);
  if (cover(contents_.scored[0], ranges[0]) && cover(contents_.scored[1], ranges[1])) return;
  std::uint64_t wanted = 0;
  for (const WindowRange& range : ranges) wanted += range.end - range.begin;
  throw Error(fmt::format("part {} of {} is not whole: {} of its {} windows are there", shard_.number, shard_.of,
                          contents_.windows(), wanted),
              path_, fmt::format("make it anew, by scan --shard {}/{}", shard_.number, shard_.of));
}

void PartFile::read(const ScoredRun& run, std::span<float> logits) const {
  read_logits(Descriptor(absolute_).number(), path_, run, logits);
}

}  // namespace iresweep
