#include "host/engine/cpu_engine.h"

#include <fmt/format.h>

#include <new>
#include <utility>
#include <vector>

#include "host/engine/plan.h"
#include "host/model/fold.h"
#include "iresweep/error.h"

namespace iresweep {
namespace {

class CpuBatch : public Batch {
 public:
  // Room for windows that share nothing: the tiler never runs out of bases before it runs out of windows.
  CpuBatch(std::size_t windows, const cpu::Kernel& kernel)
      : rows(windows * kWindow),
        scorer(kernel),
        base_room_(windows * kWindow),
        start_room_(windows),
        logit_room_(windows) {
    bases = base_room_;
    starts = start_room_;
    logits = logit_room_;
  }

  cpu::BaseRows rows;
  Plan plan;
  cpu::BlockScorer scorer;
  std::vector<float> block_logits;

 private:
  std::vector<BaseCode> base_room_;
  std::vector<std::uint32_t> start_room_;
  std::vector<float> logit_room_;
};

}  // namespace

CpuEngine::CpuEngine(const Network& network, const cpu::Kernel& kernel, int threads, std::size_t batch_windows,
                     std::string why)
    : folded_(fold(network)), kernel_(kernel), threads_(threads), batch_windows_(batch_windows), why_(std::move(why)) {}

std::unique_ptr<Batch> CpuEngine::make_batch() {
  try {
    return std::make_unique<CpuBatch>(batch_windows_, kernel_);
  } catch (const std::bad_alloc&) {
    throw Error("out of memory", fmt::format("a batch of {} windows", batch_windows_), "use smaller batches");
  }
}

void CpuEngine::score(Batch& batch) {
  auto& own = static_cast<CpuBatch&>(batch);
  own.rows.assign(batch.bases.first(batch.base_count));
  make_plan(batch.starts.first(batch.window_count), batch.step, own.plan);
  for (const PlannedBlock* planned : {&own.plan.runs, &own.plan.strays}) {
    own.block_logits.resize(planned->places.size());
    own.scorer.score(folded_, own.rows, planned->block, own.block_logits.data());
    for (std::size_t i = 0; i < planned->places.size(); ++i) batch.logits[planned->places[i]] = own.block_logits[i];
  }
}

Engine::Description CpuEngine::describe() const {
  return {"cpu", kernel_.name, fmt::format("cpu, {}, {} thread{}", kernel_.name, threads_, threads_ == 1 ? "" : "s"),
          why_};
}

}  // namespace iresweep
