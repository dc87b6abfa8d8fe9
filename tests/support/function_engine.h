// An engine that scores windows by any function of their codes.
#pragma once
#include <functional>
#include <memory>
#include <span>
#include <utility>
#include <vector>

#include "iresweep/engine.h"

namespace iresweep::test {

using LogitOf = std::function<double(std::span<const BaseCode, kWindow>)>;

class FunctionEngine : public Engine {
 public:
  explicit FunctionEngine(LogitOf logit_of, int concurrency = 1, std::size_t batch_windows = 64)
      : logit_of_(std::move(logit_of)), concurrency_(concurrency), batch_windows_(batch_windows) {}

  std::unique_ptr<Batch> make_batch() override { return std::make_unique<Room>(batch_windows_); }
  void score(Batch& batch) override {
    for (std::size_t i = 0; i < batch.window_count; ++i)
      batch.logits[i] =
          float(logit_of_(std::span<const BaseCode, kWindow>(batch.bases.data() + batch.starts[i], kWindow)));
  }
  int concurrency() const override { return concurrency_; }
  Description describe() const override { return {"function", "none", "function"}; }

 private:
  class Room : public Batch {
   public:
    explicit Room(std::size_t windows) : bases_(windows * kWindow), starts_(windows), logits_(windows) {
      bases = bases_, starts = starts_, logits = logits_;
    }

   private:
    std::vector<BaseCode> bases_;
    std::vector<std::uint32_t> starts_;
    std::vector<float> logits_;
  };

  const LogitOf logit_of_;
  const int concurrency_;
  const std::size_t batch_windows_;
};

}  // namespace iresweep::test
