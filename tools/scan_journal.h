// What lets a scan go on after it was stopped or killed, be done in parts, and be joined from them.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "host/journal/journal_file.h"
#include "host/journal/parts.h"
#include "host/journal/recall.h"
#include "host/journal/recorder.h"
#include "host/journal/run_facts.h"
#include "tools/scan_options.h"

namespace iresweep::cli {

/// The journal of a scan to a file. A scan to standard output and the like has none; one of standard input, which
/// cannot be read again, has the lock alone. Then nothing is recalled and nothing recorded. Of a scan that joins parts
/// all is recalled, and the lock is all it has.
class ScanJournal {
 public:
  /// Takes the output for this run; `parts`, where there are any, must outlive it. Throws Error when another run has
  /// the output.
  explicit ScanJournal(const ScanOptions& options, const Parts* parts = nullptr);

  /// Of a shard, with --resume: whether the part is there already. Throws Error where one of another run is, by its
  /// facts. (Rows do not tell what they were made with: they are made anew.)
  bool finished(const RunFacts& facts) const;

  /// The lock of a run that cannot go on: to be removed where the process ends at once.
  std::optional<std::string> mere_lock() const;

  /// Goes on with the run that was killed, or begins a journal of the windows that are wanted. Throws Error when
  /// --resume asks for another run, or the parts are of another one.
  void begin(const RunFacts& facts, const StrandRanges& wanted = {});

  /// Of each job in order, see Recall and Recorder.
  void recall(Job& job) { recall_->recall(job); }
  bool complete() const { return recall_->complete(); }
  void finish_recall() const { recall_->finish(); }
  void record(const Job& job) {
    if (recorder_) recorder_->record(job);
  }
  /// Windows that a run before this one had scored.
  std::uint64_t recalled() const { return parts_ ? 0 : recall_->windows(); }

  /// All outputs have their names.
  void end();
  /// The journal becomes the output, a part. Throws Error where it does not hold all windows that are wanted.
  void end_part();

 private:
  std::vector<std::string> outputs() const;
  void tell_what_is_dropped() const;

  const ScanOptions& options_;
  const Parts* parts_;
  std::optional<JournalFile> file_;
  std::optional<Recall> recall_;
  std::optional<Recorder> recorder_;
};

/// The command that goes on with a scan that did not end; nothing where it has left nothing to go on with.
std::string command_to_go_on(const ScanOptions& options, const std::string& command_line);

}  // namespace iresweep::cli
