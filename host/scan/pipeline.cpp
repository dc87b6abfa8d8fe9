#include "host/scan/pipeline.h"

#include <pthread.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <exception>
#include <map>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "host/scan/bounded_queue.h"

namespace iresweep {
namespace {

using Clock = std::chrono::steady_clock;

/// A job on its way, or in place of one the end of the input or the failure that stands there in the order.
struct Ticket {
  Job job;
  bool end = false;
  std::exception_ptr failure;
};

/// Adds the time from its making to its end.
class Stopwatch {
 public:
  explicit Stopwatch(std::atomic<std::int64_t>& nanoseconds) : nanoseconds_(nanoseconds) {}
  ~Stopwatch() { nanoseconds_ += std::chrono::nanoseconds(Clock::now() - begin_).count(); }
  Stopwatch(const Stopwatch&) = delete;
  Stopwatch& operator=(const Stopwatch&) = delete;

 private:
  std::atomic<std::int64_t>& nanoseconds_;
  const Clock::time_point begin_ = Clock::now();
};

void name_this_thread(const std::string& name) {
  pthread_setname_np(pthread_self(), name.substr(0, 15).c_str());  // 15 is the kernel's limit
}

class Pipeline {
 public:
  Pipeline(Engine& engine, const PipelineStages& stages)
      : stages_(stages),
        scorers_(std::max(engine.concurrency(), 1)),
        // One job for each scoring thread, one being filled and one being taken.
        jobs_(std::size_t(scorers_) + 2),
        free_(jobs_),
        filled_(jobs_),
        scored_(jobs_) {
    for (std::size_t i = 0; i < jobs_; ++i) {
      Job job;
      job.batch = engine.make_batch();
      free_.push(std::move(job), stop_.get_token());
    }
  }

  PipelineStatistics run(const std::stop_token& stop_asked_for) {
    const auto begin = Clock::now();
    PipelineStatistics done;
    {
      const std::stop_callback pass_on(stop_asked_for, [this] { stop_.request_stop(); });
      Threads threads(stop_);
      threads.start("sweep-read", [this] { read(); });
      for (int i = 0; i < scorers_; ++i) threads.start("sweep-score-" + std::to_string(i), [this] { score(); });
      done.stopped = !write(done);
    }
    const auto seconds = [](std::int64_t nanoseconds) { return double(nanoseconds) * 1e-9; };
    done.fill = seconds(fill_time_), done.score = seconds(score_time_), done.take = seconds(take_time_);
    done.wall = std::chrono::duration<double>(Clock::now() - begin).count();
    return done;
  }

 private:
  /// Stops and joins its threads when it goes, by whatever way.
  class Threads {
   public:
    explicit Threads(std::stop_source stop) : stop_(std::move(stop)) {}
    ~Threads() { stop_.request_stop(); }
    Threads(const Threads&) = delete;
    Threads& operator=(const Threads&) = delete;

    template <class Body>
    void start(std::string name, Body body) {
      threads_.emplace_back([name = std::move(name), body] {
        name_this_thread(name);
        body();
      });
    }

   private:
    std::stop_source stop_;
    std::vector<std::jthread> threads_;
  };

  void read() {
    const auto stop = stop_.get_token();
    for (std::uint64_t serial = 0;; ++serial) {
      auto job = free_.pop(stop);
      if (!job) return;
      Ticket ticket{std::move(*job), false, nullptr};
      ticket.job.serial = serial;
      try {
        const Stopwatch watch(fill_time_);
        ticket.end = !stages_.fill(ticket.job);
      } catch (...) {
        ticket.failure = std::current_exception();
      }
      const bool last = ticket.end || ticket.failure;
      if (!filled_.push(std::move(ticket), stop) || last) return;
    }
  }

  void score() {
    const auto stop = stop_.get_token();
    while (auto ticket = filled_.pop(stop)) {
      if (!ticket->end && !ticket->failure) try {
          const Stopwatch watch(score_time_);
          stages_.score(ticket->job);
        } catch (...) {
          ticket->failure = std::current_exception();
        }
      if (!scored_.push(std::move(*ticket), stop)) return;
    }
  }

  /// False when stopped before the end.
  bool write(PipelineStatistics& done) {
    const auto stop = stop_.get_token();
    std::map<std::uint64_t, Ticket> early;  // scored before their turn
    for (std::uint64_t serial = 0;; ++serial) {
      auto ticket = early.extract(serial);
      while (!ticket) {
        auto next = scored_.pop(stop);
        if (!next) return false;
        const auto place = next->job.serial;
        early.emplace(place, std::move(*next));
        ticket = early.extract(serial);
      }
      const auto& [job, end, failure] = ticket.mapped();
      if (failure) std::rethrow_exception(failure);
      if (end) return true;
      {
        const Stopwatch watch(take_time_);
        stages_.take(job);
      }
      done.batches += 1;
      done.windows += job.batch->window_count;
      free_.push(std::move(ticket.mapped().job), stop);
    }
  }

  const PipelineStages& stages_;
  const int scorers_;
  const std::size_t jobs_;
  std::stop_source stop_;
  BoundedQueue<Job> free_;
  BoundedQueue<Ticket> filled_, scored_;
  std::atomic<std::int64_t> fill_time_ = 0, score_time_ = 0, take_time_ = 0;
};

}  // namespace

PipelineStatistics run_pipeline(Engine& engine, const PipelineStages& stages, std::stop_token stop) {
  return Pipeline(engine, stages).run(stop);
}

}  // namespace iresweep
