#include "tests/scan/tiler_world.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <utility>

#include "tests/support/vector_batch.h"

namespace iresweep::test {
namespace {

Codes reverse_complement(const Codes& codes) {
  Codes turned(codes.rbegin(), codes.rend());
  for (BaseCode& code : turned) code = code == kMissing ? kMissing : BaseCode(3 - code);
  return turned;
}

TiledWindow window_at(std::uint64_t record, const Codes& codes, std::int64_t start, Strand strand) {
  const std::int64_t end = std::min<std::int64_t>(start + kWindow, std::int64_t(codes.size()));
  Codes part(codes.begin() + start, codes.begin() + end);
  if (strand == Strand::minus) part = reverse_complement(part);
  part.insert(part.begin(), kWindow - part.size(), kMissing);
  const int missing = int(std::count(part.begin(), part.end(), kMissing));
  return {record, strand, start, end, missing, part};
}

std::vector<std::int64_t> starts_of(std::int64_t length, int step) {
  std::vector<std::int64_t> starts;
  for (std::int64_t start = 0; start + kWindow <= length; start += step) starts.push_back(start);
  if (starts.empty() && length > 0) starts.push_back(0);
  if (length > kWindow && starts.back() != length - kWindow) starts.push_back(length - kWindow);
  return starts;
}

// Windows of a record and strand in the order of their segments, minus segments turned round; and whether they ended.
struct Strandwise {
  std::vector<TiledWindow> windows;
  bool ended = false;
};
using ByStrand = std::map<std::pair<std::uint64_t, char>, Strandwise>;

void expect_sound_batch(const Job& job, const TilerOptions& options) {
  const Batch& batch = *job.batch;
  ASSERT_EQ(batch.step, options.step);
  ASSERT_GT(batch.window_count, 0u);
  ASSERT_LE(batch.window_count, batch.starts.size());
  ASSERT_LE(batch.base_count, batch.bases.size());
  ASSERT_EQ(job.places.size(), batch.window_count);
  for (std::size_t i = 0; i < batch.window_count; ++i)
    ASSERT_LE(batch.starts[i] + std::size_t(kWindow), batch.base_count);
  for (std::size_t i = 1; i < batch.window_count; ++i) ASSERT_GT(batch.starts[i], batch.starts[i - 1]);
}

void expect_sound_segments(const Job& job) {
  std::size_t windows = 0;
  for (const Segment& segment : job.segments) {
    ASSERT_EQ(segment.first, windows);
    ASSERT_GT(segment.count, 0u);
    windows += segment.count;
  }
  ASSERT_EQ(windows, job.batch->window_count);
}

void collect(const Job& job, ByStrand& strands) {
  for (const Segment& segment : job.segments) {
    Strandwise& into = strands[{segment.record->index, char(segment.strand)}];
    ASSERT_FALSE(into.ended) << "windows after the end of the strand";
    into.ended = segment.ends;
    std::vector<TiledWindow> windows;
    for (std::size_t i = segment.first; i < segment.first + segment.count; ++i) {
      const BaseCode* codes = job.batch->bases.data() + job.batch->starts[i];
      const Place& place = job.places[i];
      windows.push_back({segment.record->index, segment.strand, place.start, place.end, place.missing,
                         Codes(codes, codes + kWindow)});
    }
    if (segment.strand == Strand::minus) std::reverse(windows.begin(), windows.end());
    into.windows.insert(into.windows.end(), windows.begin(), windows.end());
  }
}

}  // namespace

CodesSource::CodesSource(const std::vector<Codes>& records, std::size_t piece, bool late_end) {
  for (std::size_t index = 0; index < records.size(); ++index) {
    const Codes& codes = records[index];
    const auto record = std::make_shared<const Record>(Record{"r", index});
    for (std::size_t at = 0; at < codes.size(); at += piece) {
      const std::size_t end = std::min(at + piece, codes.size());
      pieces_.push_back({record,
                         {codes.begin() + std::ptrdiff_t(at), codes.begin() + std::ptrdiff_t(end)},
                         end == codes.size() && !late_end});
    }
    if (codes.empty() || late_end) pieces_.push_back({record, {}, true});
  }
}

std::optional<Piece> CodesSource::next() {
  if (next_ == pieces_.size()) return std::nullopt;
  return pieces_[next_++];
}

std::vector<TiledWindow> tile_naively(const std::vector<Codes>& records, const TilerOptions& options) {
  std::vector<TiledWindow> windows;
  for (std::size_t record = 0; record < records.size(); ++record)
    for (const Strand strand : {Strand::plus, Strand::minus}) {
      if (!(strand == Strand::plus ? options.plus : options.minus)) continue;
      for (const std::int64_t start : starts_of(std::int64_t(records[record].size()), options.step))
        windows.push_back(window_at(record, records[record], start, strand));
    }
  return windows;
}

std::vector<TiledWindow> tile(SequenceSource& source, const TilerOptions& options, Capacity capacity, bool all_end,
                              TilerCounts* counts) {
  Tiler tiler(source, options);
  Job job;
  job.batch = std::make_unique<VectorBatch>(capacity.windows, capacity.bases);
  ByStrand strands;
  std::uint64_t jobs = 0, windows = 0;
  while (tiler.fill(job)) {
    EXPECT_EQ(job.serial, jobs++);
    expect_sound_batch(job, options);
    expect_sound_segments(job);
    if (!testing::Test::HasFatalFailure()) collect(job, strands);
    if (testing::Test::HasFatalFailure()) return {};
    windows += job.batch->window_count;
  }
  EXPECT_FALSE(tiler.fill(job)) << "the end stays the end";
  EXPECT_EQ(tiler.counts().windows, windows);
  if (counts) *counts = tiler.counts();
  std::vector<TiledWindow> all;
  for (const auto& [key, strand] : strands) {  // '+' sorts before '-'
    EXPECT_TRUE(strand.ended || !all_end) << "record " << key.first << ", strand " << key.second;
    all.insert(all.end(), strand.windows.begin(), strand.windows.end());
  }
  return all;
}

}  // namespace iresweep::test
