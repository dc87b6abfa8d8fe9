// Batches drawn from the parts of a training set, each part in shuffled passes.
#pragma once
#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "host/train/table.h"

namespace iresweep::train {

/// SplitMix64: the standard library's distributions differ between implementations.
class Random {
 public:
  explicit Random(std::uint64_t seed) : state_(seed) {}
  std::uint64_t bits();
  std::size_t below(std::size_t end);  ///< 0 .. end - 1

 private:
  std::uint64_t state_;
};

/// A seed for one purpose, from the run's seed and what tells the purpose apart.
std::uint64_t derived_seed(std::uint64_t seed, std::uint64_t purpose, std::uint64_t number);

/// What batch `n` holds depends on the seed and n alone, so a resumed run draws what the uninterrupted one would.
class Sampler {
 public:
  /// `mix` gives a share of the batch to each part (Row::part); empty: all rows are one part. Throws Error for a part
  /// without rows, and for shares that don't add up to 1.
  Sampler(const std::vector<Row>& rows, const std::vector<std::uint32_t>& training,
          const std::map<std::string, double>& mix, int batch, std::uint64_t seed);

  /// Indices of the rows of batch `step`.
  std::vector<std::uint32_t> batch(std::uint64_t step);

 private:
  struct Part {
    std::vector<std::uint32_t> rows, shuffled;
    std::size_t count = 0;  ///< rows in a batch
    std::uint64_t pass = ~std::uint64_t(0);
  };
  std::uint32_t draw(std::size_t part, std::uint64_t number);

  std::vector<Part> parts_;
  std::uint64_t seed_;
};

}  // namespace iresweep::train
