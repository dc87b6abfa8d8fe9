// A batch in plain memory.
#pragma once
#include <cstddef>
#include <cstdint>
#include <vector>

#include "iresweep/engine.h"

namespace iresweep {

/// For windows that no engine scores.
class PlainBatch : public Batch {
 public:
  explicit PlainBatch(std::size_t windows = 4096) : bases_(windows * kWindow), starts_(windows), logits_(windows) {
    bases = bases_, starts = starts_, logits = logits_;
  }

 private:
  std::vector<BaseCode> bases_;
  std::vector<std::uint32_t> starts_;
  std::vector<float> logits_;
};

}  // namespace iresweep
