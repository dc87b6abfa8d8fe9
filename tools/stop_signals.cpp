#include "tools/stop_signals.h"

#include <pthread.h>
#include <time.h>
#include <unistd.h>

#include "tools/cli.h"

namespace iresweep::cli {

StopSignals::StopSignals(std::function<void(int)> abandon) : abandon_(std::move(abandon)) {
  sigemptyset(&watched_);
  for (const int signal : {SIGINT, SIGTERM, SIGHUP, SIGXCPU}) {
    struct sigaction action {};
    if (sigaction(signal, nullptr, &action) == 0 && action.sa_handler != SIG_IGN) sigaddset(&watched_, signal);
  }
  sigaddset(&watched_, SIGUSR2);  // the destructor's, to wake the watcher
  pthread_sigmask(SIG_BLOCK, &watched_, &mask_before_);
  watcher_ = std::thread([this] { watch(); });
}

StopSignals::~StopSignals() {
  over_ = true;
  pthread_kill(watcher_.native_handle(), SIGUSR2);
  watcher_.join();
  pthread_sigmask(SIG_SETMASK, &mask_before_, nullptr);
}

void StopSignals::watch() {
  pthread_setname_np(pthread_self(), "sweep-signals");
  int signal = 0;
  while (sigwait(&watched_, &signal) != 0 || (signal == SIGUSR2 && !over_)) {
  }
  if (over_) return;
  caught_ = signal;
  stop_.request_stop();
  const timespec patience{0, 700'000'000};
  sigtimedwait(&watched_, nullptr, &patience);
  if (over_) return;
  abandon_(signal);
  _exit(kSignalled + signal);
}

}  // namespace iresweep::cli
