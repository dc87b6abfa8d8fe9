// SIGINT, SIGTERM, SIGHUP and SIGXCPU (ulimit -t) become a request to stop.
#pragma once
#include <signal.h>

#include <atomic>
#include <functional>
#include <stop_token>
#include <thread>

namespace iresweep::cli {

/// Catches the signals for its lifetime. To be made before any other thread: threads inherit the signal mask. A
/// signal that whoever started the program has set to be ignored (nohup, a shell's background job) stays ignored.
class StopSignals {
 public:
  /// `abandon` is called with the signal's number, on a thread of its own, when the work has not ended 0.7 s after the
  /// signal (a read or a write may hang for ever) or a second signal comes. The process then ends at once.
  explicit StopSignals(std::function<void(int)> abandon);
  ~StopSignals();
  StopSignals(const StopSignals&) = delete;
  StopSignals& operator=(const StopSignals&) = delete;

  std::stop_token token() const { return stop_.get_token(); }
  int caught() const { return caught_; }  ///< number of the signal; 0 when none came

 private:
  void watch();

  const std::function<void(int)> abandon_;
  std::stop_source stop_;
  std::atomic<int> caught_ = 0;
  std::atomic<bool> over_ = false;
  sigset_t watched_{}, mask_before_{};
  std::thread watcher_;
};

}  // namespace iresweep::cli
