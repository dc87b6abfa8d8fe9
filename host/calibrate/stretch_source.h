// The parts of records that have no missing base, each as a record of its own.
#pragma once
#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "host/calibrate/euler_shuffle.h"
#include "host/input/sequence_source.h"

namespace iresweep {

struct StretchCounts {
  std::uint64_t stretches = 0, bases = 0;              ///< handed out
  std::uint64_t short_stretches = 0, short_bases = 0;  ///< left out: shorter than a window
  std::uint64_t missing_bases = 0;                     ///< left out: stretches end before them
};

class StretchSource : public SequenceSource {
 public:
  /// `inner` must outlive it. A stretch of more than `most_bases` (at least kWindow) is cut: memory is bounded by that.
  explicit StretchSource(SequenceSource& inner, std::size_t most_bases = kMostShuffled)
      : inner_(inner), most_bases_(most_bases) {}

  /// A whole stretch in one piece, of kWindow bases or more. It has the name of its record and an index of its own.
  std::optional<Piece> next() override;
  std::vector<InputFacts> facts() const override { return inner_.facts(); }

  const StretchCounts& counts() const { return counts_; }

 private:
  bool load();
  std::optional<Piece> close();

  SequenceSource& inner_;
  const std::size_t most_bases_;
  std::optional<Piece> piece_;  ///< the piece of `inner` at hand
  std::size_t position_ = 0;    ///< taken of it
  std::vector<BaseCode> codes_;
  StretchCounts counts_;
};

}  // namespace iresweep
