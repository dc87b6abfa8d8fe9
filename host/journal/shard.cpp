#include "host/journal/shard.h"

#include <charconv>
#include <memory>

#include "host/journal/plain_batch.h"
#include "host/journal/window_numbers.h"
#include "host/scan/job.h"

namespace iresweep {
namespace {

// Of so many windows those before the K-th part. Counts and numbers of shards stay far below the square root of 2^64.
std::uint64_t share(std::uint64_t windows, std::uint64_t parts, std::uint64_t of) {
  return windows / of * parts + windows % of * parts / of;
}

}  // namespace

std::optional<Shard> parse_shard(std::string_view text) {
  Shard shard;
  const char* const end = text.data() + text.size();
  const auto number = std::from_chars(text.data(), end, shard.number);
  if (number.ec != std::errc() || number.ptr == end || *number.ptr != '/') return std::nullopt;
  const auto of = std::from_chars(number.ptr + 1, end, shard.of);
  if (of.ec != std::errc() || of.ptr != end || shard.number < 1 || shard.number > shard.of) return std::nullopt;
  return shard;
}

WindowCounts count_windows(SequenceSource& source, const TilerOptions& options, const std::stop_token& stop) {
  Tiler tiler(source, options);
  Job job;
  job.batch = std::make_unique<PlainBatch>();
  WindowCounts windows{};
  while (!stop.stop_requested() && tiler.fill(job))
    for (const Segment& segment : job.segments) windows[index_of(segment.strand)] += segment.count;
  return windows;
}

StrandRanges ranges_of(const Shard& shard, const WindowCounts& windows) {
  StrandRanges ranges;
  for (std::size_t i = 0; i < ranges.size(); ++i)
    ranges[i] = {share(windows[i], shard.number - 1, shard.of), share(windows[i], shard.number, shard.of)};
  return ranges;
}

}  // namespace iresweep
