// A part of a scan: the journal of a shard that was scored to its end.
#pragma once
#include <cstdint>
#include <span>
#include <string>

#include "host/journal/scores.h"
#include "host/journal/shard.h"

namespace iresweep {

/// Facts that a part has besides those of its scan. The shard stands there as the option has it.
inline constexpr const char* kShardFact = "--shard";
inline constexpr const char* kWindowsFact = "the number of windows (+, -)";
inline constexpr const char* kFolderFact = "the folder";  ///< which relative names of files begin from

std::string windows_fact(const WindowCounts& windows);

/// Open only while it is read: a scan may have more parts than a process may open files.
class PartFile final : public Scores {
 public:
  /// Throws Error when it cannot be read, is no part, or is not whole. A relative path begins from where the process is
  /// now, wherever it goes.
  explicit PartFile(std::string path);

  const std::string& path() const override { return path_; }
  const JournalContents& contents() const override { return contents_; }
  void read(const ScoredRun& run, std::span<float> logits) const override;

  const RunFacts& facts() const { return *contents_.facts; }
  const Shard& shard() const { return shard_; }

 private:
  void check_whole(const WindowCounts& windows) const;

  const std::string path_, absolute_;
  JournalContents contents_;
  Shard shard_;
};

}  // namespace iresweep
