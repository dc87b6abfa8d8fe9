// For LD_PRELOAD: threads wait at random, by DELAY_SEED, where they meet: at locks and conditions. Whatever order they
// then come in, the output must be the same (repeats.py).
#include <dlfcn.h>
#include <pthread.h>
#include <unistd.h>

#include <atomic>
#include <cstdint>
#include <cstdlib>

namespace {

constexpr unsigned kOneIn = 6, kLongest = 400;  // microseconds

template <class Function>
Function* next(const char* name) {
  return reinterpret_cast<Function*>(dlsym(RTLD_NEXT, name));
}

void wait_perhaps() {
  static std::atomic<std::uint64_t> threads = 0;
  static const char* const seed = std::getenv("DELAY_SEED");
  thread_local std::uint64_t state = (seed ? std::strtoull(seed, nullptr, 10) : 0) * 1000 + ++threads;
  state = state * 6364136223846793005ULL + 1442695040888963407ULL;
  const auto drawn = unsigned(state >> 33);
  if (drawn % kOneIn == 0) usleep(drawn / kOneIn % kLongest);
}

}  // namespace

extern "C" {

int pthread_mutex_lock(pthread_mutex_t* mutex) noexcept {
  wait_perhaps();
  return next<int(pthread_mutex_t*)>("pthread_mutex_lock")(mutex);
}

int pthread_mutex_unlock(pthread_mutex_t* mutex) noexcept {
  const int result = next<int(pthread_mutex_t*)>("pthread_mutex_unlock")(mutex);
  wait_perhaps();
  return result;
}

int pthread_cond_signal(pthread_cond_t* condition) noexcept {
  wait_perhaps();
  return next<int(pthread_cond_t*)>("pthread_cond_signal")(condition);
}

int pthread_cond_broadcast(pthread_cond_t* condition) noexcept {
  wait_perhaps();
  return next<int(pthread_cond_t*)>("pthread_cond_broadcast")(condition);
}
}
