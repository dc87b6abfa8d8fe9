// The seam between the house and its arithmetic: batches of windows in, one logit a window out.
//
// An engine knows nothing of files, strands, thresholds or hits. This header is free of CUDA: the CPU engine and the
// CUDA engine implement the same two classes.
//
//   tiler --fills--> Batch --score()--> Batch.logits --reads--> caller
#pragma once
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>

#include "iresweep/bases.h"
#include "iresweep/model.h"

namespace iresweep {

/// Room for one batch, in memory that suits the engine (pinned, for CUDA). Made by Engine::make_batch, owned by the
/// caller, and not to outlive its engine.
///
/// Window i is bases[starts[i]] ... bases[starts[i] + kWindow - 1]; all of it lies below base_count. Starts ascend
/// strictly. A window's logit depends on its own bases only, to the last bit: not on its neighbours, its
/// place in the batch, or `step`.
class Batch {
 public:
  virtual ~Batch() = default;
  Batch(const Batch&) = delete;
  Batch& operator=(const Batch&) = delete;

  std::span<BaseCode> bases;        ///< [capacity in bases], values 0..4
  std::span<std::uint32_t> starts;  ///< [capacity in windows]
  std::span<float> logits;          ///< [capacity in windows], written by score()
  std::size_t base_count = 0;       ///< filled by whoever fills the batch
  std::size_t window_count = 0;
  int step = kPublishedStep;  ///< the usual distance between starts: a hint for sharing work

 protected:
  Batch() = default;
};

/// The farthest that an engine's window may lie from the oracle's (kernels/reference): in score 1e-5 and some room for
/// float's rounding; in logit far more than single precision loses, which narrows the doubt where scores crowd near 0
/// and 1.
inline constexpr double kScoreTolerance = 1.01e-5;
inline constexpr double kLogitTolerance = 1e-3;

class Engine {
 public:
  virtual ~Engine() = default;

  /// Allocates a batch. Throws Error when memory does not suffice.
  virtual std::unique_ptr<Batch> make_batch() = 0;

  /// Fills batch.logits[0 .. window_count). Returns when they are there. Different batches may be scored from
  /// different threads at once. Throws Error.
  virtual void score(Batch& batch) = 0;

  /// How many score() calls are worth running at once: threads on a CPU, streams on GPUs.
  virtual int concurrency() const = 0;

  /// For people and for records: "cpu, avx512, 2 threads"; kind is "cpu" or "cuda", isa the instruction set or
  /// architecture.
  struct Description {
    std::string kind, isa, text;
    std::string why = {};  ///< why --device auto took it; empty where the device was named
  };
  virtual Description describe() const = 0;
};

struct EngineOptions {
  std::string device = "auto";    ///< auto | cpu | cuda | cuda:0,1
  std::string isa = "auto";       ///< auto | a name that `iresweep devices` lists; CPU only
  int threads = 1;                ///< CPU only
  std::size_t batch_windows = 0;  ///< most windows in a batch; 0: what suits the device
  std::string conv = "direct";    ///< direct | cudnn: who computes the convolutions; CUDA only
};

/// The one factory. An engine on a GPU has scored a few windows as the oracle does before it is handed out: where it
/// does not, `auto` takes the CPU and describe() says why. Throws Error for a device or instruction set that is not
/// there, and for a GPU asked for by name that scores otherwise than the oracle.
std::unique_ptr<Engine> make_engine(const Model& model, const EngineOptions& options);

}  // namespace iresweep
