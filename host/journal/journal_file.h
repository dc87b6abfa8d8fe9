// The journal of a run: what it has scored, beside its output, for the case that it does not live to write it.
#pragma once
#include <chrono>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "host/input/sequence_source.h"
#include "host/journal/scores.h"

namespace iresweep {

/// OUTPUT.journal, of the file that symbolic links lead to.
std::string journal_path(const std::string& output);

/// The journal is the output's lock as well: as long as it is open, nobody else opens that of the same output, in any
/// process. (On a file system without locks nobody is kept out.) Every fault is an Error.
///
/// append() and what follows it may run beside read().
class JournalFile final : public Scores {
 public:
  /// Opens the journal of `output` or makes it. Throws Error, too, when another run holds it, and when it is a file of
  /// another kind.
  explicit JournalFile(std::string output);
  /// Leaves the file where it holds scores.
  ~JournalFile() override;

  const std::string& path() const override { return path_; }
  const JournalContents& contents() const override { return contents_; }
  void read(const ScoredRun& run, std::span<float> logits) const override;
  bool was_there() const { return was_there_; }  ///< a run before this one was killed

  /// One of the two comes first: the journal of this run, with nothing of what was there; or all of that, and on.
  void begin(const RunFacts& facts);
  void go_on();

  /// Windows of a strand from number `first` on. They are safe from the end of this process when it returns, and from
  /// that of the machine some seconds later.
  void append(Strand strand, std::uint64_t first, std::uint64_t digest, std::span<const float> logits);

  /// One of the two comes last. The output is complete: the file goes; or the scores are the output and get its name.
  void remove();
  void become_output();

 private:
  bool open_and_lock();
  void cut(std::uint64_t size);
  void write(std::string_view bytes);
  [[noreturn]] void fail(const char* action, int error) const;

  const std::string output_, path_;
  int descriptor_ = -1;
  bool was_there_ = false;
  JournalContents contents_;
  std::uint64_t size_ = 0;
  bool holds_scores_ = false;
  std::chrono::steady_clock::time_point synced_ = std::chrono::steady_clock::now();
};

}  // namespace iresweep
