// A batch in plain memory, of any capacity.
#pragma once
#include <cstdint>
#include <vector>

#include "iresweep/engine.h"

namespace iresweep::test {

class VectorBatch : public Batch {
 public:
  VectorBatch(std::size_t window_capacity, std::size_t base_capacity)
      : bases_(base_capacity), starts_(window_capacity), logits_(window_capacity) {
    bases = bases_, starts = starts_, logits = logits_;
  }

 private:
  std::vector<BaseCode> bases_;
  std::vector<std::uint32_t> starts_;
  std::vector<float> logits_;
};

}  // namespace iresweep::test
