// Windows that need not be scored again.
#pragma once
#include <array>
#include <cstdint>
#include <vector>

#include "host/journal/scores.h"
#include "host/journal/shard.h"
#include "host/journal/window_numbers.h"
#include "iresweep/engine.h"
#include "iresweep/error.h"

namespace iresweep {

/// The windows are not those that were scored before.
struct ChangedInput : Error {
  using Error::Error;
};

/// Puts the logits of windows that were scored before in their place, in the order of the input: all that comes after
/// is what an undisturbed run does, and so are the rows.
class Recall {
 public:
  /// What was scored before: none, a journal after JournalFile::go_on(), or the parts of a scan in their order. They
  /// must outlive it. Windows outside of `wanted` are nobody's business: they get the logit -infinity.
  explicit Recall(std::vector<const Scores*> before, const StrandRanges& wanted = {});

  /// Filled jobs in order: gives each window its logit, or marks it as unknown. Throws ChangedInput, and Error when the
  /// scores cannot be read.
  void recall(Job& job);
  /// Whether no window to come is wanted.
  bool complete() const;
  /// At the end of the input: throws ChangedInput when more windows were scored than it has.
  void finish() const;

  std::uint64_t windows() const { return windows_; }  ///< recalled

 private:
  /// A strand's next window among those scored before.
  struct Cursor {
    std::size_t file = 0, run = 0;
    std::uint64_t in_run = 0;
    std::uint64_t digest = 0;
    std::vector<float> logits;  ///< of the run
  };
  const ScoredRun* next_run(Strand strand);
  float logit_of(Strand strand, std::uint64_t number, std::uint64_t record, const BaseCode* codes);

  const std::vector<const Scores*> before_;
  const StrandRanges wanted_;
  WindowNumbers numbers_;
  std::array<Cursor, 2> cursors_;
  std::uint64_t windows_ = 0;
};

/// Scores the windows of a recalled job that are not known.
void score_unknown(Engine& engine, Batch& batch);

}  // namespace iresweep
