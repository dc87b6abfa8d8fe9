// Values in any order, taken back by place, in bounded memory.
#pragma once
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "host/output/scratch_file.h"
#include "host/output/track/track_value.h"

namespace iresweep {

class ValueSpool : public TrackSink {
 public:
  /// What exceeds `most_in_memory` values goes to a scratch file for `output`, in sorted runs.
  explicit ValueSpool(std::string output, std::size_t most_in_memory = std::size_t(1) << 19);

  /// Throws Error when the disk is full.
  void write(const TrackValue& value) override;

  /// Passes on all values, ascending; once. Memory: as much again.
  void drain(TrackSink& sink);

 private:
  struct Run {
    std::uint64_t begin = 0, end = 0;  ///< values [begin, end) of the file
  };
  void spill();

  std::string output_;
  std::size_t most_in_memory_;
  std::vector<TrackValue> values_;  ///< not yet in the file
  std::unique_ptr<ScratchFile> file_;
  std::vector<Run> runs_;
  TrackValue last_;  ///< of the last run
};

}  // namespace iresweep
