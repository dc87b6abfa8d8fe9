// The one queue between the pipeline's threads.
#pragma once
#include <condition_variable>
#include <cstddef>
#include <deque>
#include <mutex>
#include <optional>
#include <stop_token>
#include <utility>

namespace iresweep {

/// First in, first out, never more than `capacity` inside. Any number of threads may push and pop. There is no way
/// to close it: who ends the work sends a last element or asks for a stop.
template <class T>
class BoundedQueue {
 public:
  explicit BoundedQueue(std::size_t capacity) : capacity_(capacity) {}

  /// Waits for room. False, and the value is dropped, when a stop is asked for.
  bool push(T value, const std::stop_token& stop) {
    std::unique_lock lock(mutex_);
    if (!room_.wait(lock, stop, [this] { return inside_.size() < capacity_; }) || stop.stop_requested()) return false;
    inside_.push_back(std::move(value));
    lock.unlock();
    filled_.notify_one();
    return true;
  }

  /// Waits for an element. Nothing when a stop is asked for, even if elements are left.
  std::optional<T> pop(const std::stop_token& stop) {
    std::unique_lock lock(mutex_);
    if (!filled_.wait(lock, stop, [this] { return !inside_.empty(); }) || stop.stop_requested()) return std::nullopt;
    std::optional<T> value(std::move(inside_.front()));
    inside_.pop_front();
    lock.unlock();
    room_.notify_one();
    return value;
  }

 private:
  const std::size_t capacity_;
  std::mutex mutex_;
  std::condition_variable_any room_, filled_;
  std::deque<T> inside_;
};

}  // namespace iresweep
