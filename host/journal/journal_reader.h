// What a journal holds.
#pragma once
#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "host/journal/run_facts.h"

namespace iresweep {

/// Consecutive windows of one strand, by number, that were scored.
struct ScoredRun {
  std::uint64_t first = 0, count = 0;
  std::uint64_t digest = 0;  ///< see FrameHead
  std::uint64_t offset = 0;  ///< of their logits in the journal
};

struct JournalContents {
  bool other_kind = false;                       ///< no journal, or one of another version
  std::optional<RunFacts> facts;                 ///< absent when nothing of a run is there
  std::array<std::vector<ScoredRun>, 2> scored;  ///< plus, minus: each begins where the one before it ends
  std::uint64_t end = 0;                         ///< bytes that count: what follows is not whole
  std::uint64_t size = 0;                        ///< bytes that there are

  std::uint64_t windows() const;  ///< scored, on both strands
};

/// Reads the open journal through, up to the first frame that is not whole. `path` is for errors. Throws Error when it
/// cannot be read. Memory: 32 bytes a run, and the largest frame.
JournalContents read_journal(int descriptor, const std::string& path);

/// Fills `logits` with those of `run`, which read_journal() has found. Throws Error when they cannot be read, or the
/// frame is another one or damaged by now.
void read_logits(int descriptor, const std::string& path, const ScoredRun& run, std::span<float> logits);

}  // namespace iresweep
