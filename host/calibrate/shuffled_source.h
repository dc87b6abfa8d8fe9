// Dinucleotide shuffles of an input, as an input.
#pragma once
#include <cstdint>
#include <optional>
#include <vector>

#include "host/calibrate/stretch_source.h"
#include "host/input/sequence_source.h"

namespace iresweep {

class ShuffledSource : public SequenceSource {
 public:
  /// `inner` must outlive it. Every stretch comes `repeats` times, each time shuffled anew.
  ShuffledSource(StretchSource& inner, std::uint64_t seed, std::uint64_t repeats)
      : inner_(inner), seed_(seed), repeats_(repeats), done_(repeats) {}

  /// A whole shuffle in one piece. It depends on the stretch, its number, the repeat and the seed alone.
  std::optional<Piece> next() override;
  std::vector<InputFacts> facts() const override { return inner_.facts(); }

 private:
  StretchSource& inner_;
  const std::uint64_t seed_, repeats_;
  std::optional<Piece> stretch_;
  std::uint64_t done_;  ///< repeats of the stretch at hand
};

}  // namespace iresweep
