// Windows by number, the same whatever jobs they came in.
#pragma once
#include <array>
#include <cstddef>
#include <cstdint>

#include "host/scan/job.h"

namespace iresweep {

/// Of what rows say of a record: its name, and where it lies on the genome.
std::uint64_t record_digest(const Record& record);

/// Place of a strand in arrays of two: plus, minus.
inline std::size_t index_of(Strand strand) { return strand == Strand::plus ? 0 : 1; }

/// Windows of a strand have numbers from 0 on, through all records, in ascending order of place. How they are cut into
/// jobs changes nothing.
class WindowNumbers {
 public:
  /// Jobs in order. Calls use(strand, number, window, record), `window` being its place in the batch and `record` the
  /// digest of the one that it is of; numbers of a strand ascend.
  template <class Use>
  void take(const Job& job, const Use& use) {
    for (const Segment& segment : job.segments) {
      const std::uint64_t record = record_digest(*segment.record);
      for (std::size_t i = 0; i < segment.count; ++i) {
        const bool plus = segment.strand == Strand::plus;  // places descend on the minus strand
        use(segment.strand, next_[index_of(segment.strand)]++, segment.first + (plus ? i : segment.count - 1 - i),
            record);
      }
    }
  }

  std::uint64_t count(Strand strand) const { return next_[index_of(strand)]; }

 private:
  std::array<std::uint64_t, 2> next_{};
};

/// Tells windows of other bases or records from those that were scored: `digest` is that of the windows before, 0 at
/// first, `record` that of the window's own.
std::uint64_t chain_digest(std::uint64_t digest, std::uint64_t record, const BaseCode* codes);

}  // namespace iresweep
