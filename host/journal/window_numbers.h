// Windows by number, the same whatever jobs they came in.
#pragma once
#include <array>
#include <cstddef>
#include <cstdint>

#include "host/scan/job.h"

namespace iresweep {

/// Place of a strand in arrays of two: plus, minus.
inline std::size_t index_of(Strand strand) { return strand == Strand::plus ? 0 : 1; }

/// Windows of a strand have numbers from 0 on, through all records, in ascending order of place. How they are cut into
/// jobs changes nothing.
class WindowNumbers {
 public:
  /// Jobs in order. Calls use(strand, number, window), `window` being its place in the batch; numbers of a strand
  /// ascend.
  template <class Use>
  void take(const Job& job, const Use& use) {
    for (const Segment& segment : job.segments)
      for (std::size_t i = 0; i < segment.count; ++i) {
        const bool plus = segment.strand == Strand::plus;  // places descend on the minus strand
        use(segment.strand, next_[index_of(segment.strand)]++, segment.first + (plus ? i : segment.count - 1 - i));
      }
  }

  std::uint64_t count(Strand strand) const { return next_[index_of(strand)]; }

 private:
  std::array<std::uint64_t, 2> next_{};
};

/// Tells windows of other bases from those that were scored: `digest` is that of the windows before, 0 at first.
std::uint64_t chain_digest(std::uint64_t digest, const BaseCode* codes);

}  // namespace iresweep
