// Scores into the journal.
#pragma once
#include <array>
#include <cstdint>
#include <vector>

#include "host/journal/journal_file.h"
#include "host/journal/shard.h"
#include "host/journal/window_numbers.h"

namespace iresweep {

class Recorder {
 public:
  /// `journal` must outlive it, and be begun or gone on with: what it holds already is not written again, and neither
  /// is what lies outside of `wanted`.
  explicit Recorder(JournalFile& journal, const StrandRanges& wanted = {});

  /// Scored jobs in order; every logit is a number. Throws Error.
  void record(const Job& job);
  /// Whether every window that is wanted was recorded.
  bool complete() const;

 private:
  /// What comes next of a strand.
  struct Strip {
    std::uint64_t next = 0;
    std::uint64_t digest = 0;
    std::vector<float> logits;
  };

  JournalFile& journal_;
  const StrandRanges wanted_;
  WindowNumbers numbers_;
  std::array<Strip, 2> strips_;
};

}  // namespace iresweep
