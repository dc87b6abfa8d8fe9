// Scores that lie in a file.
#pragma once
#include <cstdint>
#include <span>
#include <string>

#include "host/journal/journal_reader.h"

namespace iresweep {

/// A journal that may be read while it is written, or a part of a scan.
class Scores {
 public:
  virtual ~Scores() = default;
  Scores(const Scores&) = delete;
  Scores& operator=(const Scores&) = delete;

  virtual const std::string& path() const = 0;
  virtual const JournalContents& contents() const = 0;  ///< as it was opened
  /// Logits of a run of contents(), as many as it has. Throws Error when they cannot be read, or are no longer those
  /// that were found when it was opened.
  virtual void read(const ScoredRun& run, std::span<float> logits) const = 0;

 protected:
  Scores() = default;
};

}  // namespace iresweep
