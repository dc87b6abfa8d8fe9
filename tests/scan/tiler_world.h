// Two ways from records to windows: the tiler's, and a naive one to compare it with.
#pragma once
#include <cstdint>
#include <vector>

#include "host/scan/tiler.h"

namespace iresweep::test {

using Codes = std::vector<BaseCode>;

struct TiledWindow {
  std::uint64_t record = 0;
  Strand strand = Strand::plus;
  std::int64_t start = 0, end = 0;
  int missing = 0;
  Codes codes;  ///< all kWindow, as the engine sees them
  bool operator==(const TiledWindow&) const = default;
};

/// Records as a source gives them: in pieces of `piece` bases. A piece of its own, empty, says that a record ends where
/// `late_end` is set.
class CodesSource : public SequenceSource {
 public:
  CodesSource(const std::vector<Codes>& records, std::size_t piece, bool late_end = false);
  std::optional<Piece> next() override;
  std::vector<InputFacts> facts() const override { return {}; }

 private:
  std::vector<Piece> pieces_;
  std::size_t next_ = 0;
};

/// By the definition: record after record, the plus strand before the minus strand, positions ascending.
std::vector<TiledWindow> tile_naively(const std::vector<Codes>& records, const TilerOptions& options);

struct Capacity {
  std::size_t windows, bases;
};

/// In the same order, from the jobs of a Tiler; checks on the way all that Job and Batch promise. `all_end`: every
/// strand must come to its end (it need not where a record's last windows lie outside its feature). `counts`: the
/// tiler's, in the end.
std::vector<TiledWindow> tile(SequenceSource& source, const TilerOptions& options, Capacity capacity,
                              bool all_end = true, TilerCounts* counts = nullptr);

}  // namespace iresweep::test
