#include "host/variants/answering.h"

#include <algorithm>
#include <deque>
#include <mutex>
#include <utility>
#include <vector>

#include "iresweep/error.h"

namespace iresweep {
namespace {

constexpr std::size_t kMostQuestions = 4096;  // of a job: most may touch nothing

// Windows of a stretch that lie in a batch.
struct Packed {
  std::shared_ptr<WindowStretch> stretch;
  std::size_t first = 0, count = 0;
  std::size_t place = 0;  // of the first in the batch
};

// What a job means.
struct Load {
  std::vector<Packed> packed;
  std::vector<Question> complete;  // with the last window of the job, or before
};

// Loads travel beside their jobs, in the same order.
class Loads {
 public:
  void push(Load load) {
    const std::scoped_lock lock(mutex_);
    loads_.push_back(std::move(load));
  }
  Load pop() {
    const std::scoped_lock lock(mutex_);
    Load load = std::move(loads_.front());
    loads_.pop_front();
    return load;
  }

 private:
  std::mutex mutex_;
  std::deque<Load> loads_;
};

class Packer {
 public:
  Packer(const Questions& questions, Loads& loads) : questions_(questions), loads_(loads) {}

  bool fill(Job& job) {
    Batch& batch = *job.batch;
    if (batch.starts.empty() || batch.bases.size() < std::size_t(kWindow))
      throw Error("a batch has no room for one window", "", "give more windows a batch");
    batch.base_count = batch.window_count = 0;
    batch.step = 1;
    Load load;
    while (load.complete.size() < kMostQuestions) {
      if (current_ && next_ == due_.size()) {
        load.complete.push_back(std::move(*current_));
        current_.reset();
      }
      if (!current_) {
        due_.clear();
        next_ = packed_ = 0;
        current_ = questions_(due_);
        if (!current_) break;
      } else if (!pack(batch, load)) {
        break;
      }
    }
    if (load.complete.empty() && load.packed.empty()) return false;
    loads_.push(std::move(load));
    return true;
  }

 private:
  // As much of the stretch that is due as fits; false when the batch is full.
  bool pack(Batch& batch, Load& load) {
    WindowStretch& stretch = *due_[next_];
    const std::size_t room = batch.bases.size() - batch.base_count;
    if (room < std::size_t(kWindow) || batch.window_count == batch.starts.size()) return false;
    const std::size_t count = std::min(
        {stretch.logits.size() - packed_, batch.starts.size() - batch.window_count, room - std::size_t(kWindow) + 1});
    load.packed.push_back({due_[next_], packed_, count, batch.window_count});
    std::copy_n(stretch.codes.begin() + std::ptrdiff_t(packed_), count + kWindow - 1,
                batch.bases.begin() + std::ptrdiff_t(batch.base_count));
    for (std::size_t i = 0; i < count; ++i) batch.starts[batch.window_count++] = std::uint32_t(batch.base_count + i);
    batch.base_count += count + kWindow - 1;
    packed_ += count;
    if (packed_ == stretch.logits.size()) {
      stretch.codes = {};
      ++next_;
      packed_ = 0;
    }
    return true;
  }

  const Questions& questions_;
  Loads& loads_;
  std::optional<Question> current_;
  DueStretches due_;        // of the current question
  std::size_t next_ = 0;    // of them, to be packed
  std::size_t packed_ = 0;  // of its windows
};

}  // namespace

PipelineStatistics answer(Engine& engine, const Arbiter& arbiter, const Questions& questions, const TakeAnswer& take,
                          const std::stop_token& stop) {
  Loads loads;
  Packer packer(questions, loads);
  return run_pipeline(engine,
                      {.fill = [&](Job& job) { return packer.fill(job); },
                       .score =
                           [&](Job& job) {
                             if (job.batch->window_count == 0) return;
                             engine.score(*job.batch);
                             arbiter.settle(job);
                           },
                       .take =
                           [&](const Job& job) {
                             Load load = loads.pop();
                             for (const auto& [stretch, first, count, place] : load.packed)
                               std::copy_n(job.batch->logits.begin() + std::ptrdiff_t(place), count,
                                           stretch->logits.begin() + std::ptrdiff_t(first));
                             for (Question& question : load.complete) take(std::move(question));
                           }},
                      stop);
}

}  // namespace iresweep
