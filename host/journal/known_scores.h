// What stands in the engine's place where every score is known.
#pragma once
#include <memory>
#include <string>
#include <utility>

#include "host/journal/plain_batch.h"
#include "host/journal/recall.h"
#include "iresweep/engine.h"

namespace iresweep {

/// Recall gives every window its logit: one that is still to be scored is not of the input that was scored.
class KnownScores : public Engine {
 public:
  /// `device` is that of the engine which has scored them, in words.
  KnownScores(std::string device, int threads) : device_(std::move(device)), threads_(threads) {}

  std::unique_ptr<Batch> make_batch() override { return std::make_unique<PlainBatch>(); }
  void score(Batch&) override {
    throw ChangedInput("the input has windows that no part holds", "", "scan the parts of this input anew");
  }
  int concurrency() const override { return threads_; }
  Description describe() const override { return {"none", "none", device_}; }

 private:
  const std::string device_;
  const int threads_;
};

}  // namespace iresweep
