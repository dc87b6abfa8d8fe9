// The one queue between the pipeline's threads.
#pragma once
#include <condition_variable>
#include <cstddef>
#include <mutex>
#include <optional>
#include <stop_token>
#include <utility>
#include <vector>

namespace iresweep {

/// First in, first out, never more than `capacity` inside. Any number of threads may push and pop. There is no way
/// to close it: who ends the work sends a last element or asks for a stop. Nothing is allocated but at the beginning:
/// threads that could not throw may use it.
template <class T>
class BoundedQueue {
 public:
  explicit BoundedQueue(std::size_t capacity) : places_(capacity) {}

  /// Waits for room. False, and the value is dropped, when a stop is asked for.
  bool push(T value, const std::stop_token& stop) {
    std::unique_lock lock(mutex_);
    if (!room_.wait(lock, stop, [this] { return inside_ < places_.size(); }) || stop.stop_requested()) return false;
    places_[(first_ + inside_++) % places_.size()] = std::move(value);
    lock.unlock();
    filled_.notify_one();
    return true;
  }

  /// Waits for an element. Nothing when a stop is asked for, even if elements are left.
  std::optional<T> pop(const std::stop_token& stop) {
    std::unique_lock lock(mutex_);
    if (!filled_.wait(lock, stop, [this] { return inside_ > 0; }) || stop.stop_requested()) return std::nullopt;
    std::optional<T> value = std::exchange(places_[first_], std::nullopt);
    first_ = (first_ + 1) % places_.size();
    --inside_;
    lock.unlock();
    room_.notify_one();
    return value;
  }

 private:
  std::mutex mutex_;
  std::condition_variable_any room_, filled_;
  std::vector<std::optional<T>> places_;  ///< a ring
  std::size_t first_ = 0, inside_ = 0;
};

}  // namespace iresweep
