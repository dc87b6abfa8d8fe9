// The CPU engine: batches in ordinary memory, scored by one kernel of kernels/cpu.
#pragma once
#include <string>

#include "iresweep/engine.h"
#include "kernels/cpu/kernel.h"

namespace iresweep {

class CpuEngine : public Engine {
 public:
  /// `why`: as in the description.
  CpuEngine(const Network& network, const cpu::Kernel& kernel, int threads, std::size_t batch_windows, std::string why);

  std::unique_ptr<Batch> make_batch() override;
  void score(Batch& batch) override;
  int concurrency() const override { return threads_; }
  Description describe() const override;

 private:
  const Folded folded_;
  const cpu::Kernel kernel_;
  const int threads_;
  const std::size_t batch_windows_;
  const std::string why_;
};

}  // namespace iresweep
