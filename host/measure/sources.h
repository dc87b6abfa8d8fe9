// Sequences to measure with: made up, and a file over and over.
#pragma once
#include <cstdint>
#include <functional>
#include <memory>

#include "host/calibrate/random.h"
#include "host/input/sequence_source.h"

namespace iresweep {

/// Bases of a made-up record: as many as a typical human transcript has.
inline constexpr std::size_t kMadeUpBases = 1900;

/// Records of kMadeUpBases random bases without end, the same in every run.
class MadeUpSource : public SequenceSource {
 public:
  std::optional<Piece> next() override;
  std::vector<InputFacts> facts() const override { return {}; }

 private:
  Random random_{1};
  std::uint64_t records_ = 0;
};

using OpenSource = std::function<std::unique_ptr<SequenceSource>()>;

/// The records of a source over and over, without end. Throws Error, besides what the source throws, when a whole pass
/// yields no base.
class EndlessSource : public SequenceSource {
 public:
  explicit EndlessSource(OpenSource open) : open_(std::move(open)), source_(open_()) {}

  std::optional<Piece> next() override;
  std::vector<InputFacts> facts() const override { return source_->facts(); }

 private:
  const OpenSource open_;
  std::unique_ptr<SequenceSource> source_;
  std::uint64_t bases_ = 0;    ///< of this pass
  std::uint64_t records_ = 0;  ///< of all passes: a record of another pass is another record
  std::shared_ptr<const Record> record_;
};

}  // namespace iresweep
