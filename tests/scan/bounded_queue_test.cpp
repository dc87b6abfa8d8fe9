#include "host/scan/bounded_queue.h"

#include <gtest/gtest.h>

#include <atomic>
#include <memory>
#include <thread>
#include <vector>

namespace iresweep {
namespace {

TEST(BoundedQueue, KeepsTheOrder) {
  BoundedQueue<std::unique_ptr<int>> queue(3);
  const std::stop_token never;
  for (int i = 0; i < 3; ++i) EXPECT_TRUE(queue.push(std::make_unique<int>(i), never));
  for (int i = 0; i < 3; ++i) EXPECT_EQ(**queue.pop(never), i);
}

TEST(BoundedQueue, NeverHoldsMoreThanItsCapacity) {
  for (int capacity : {1, 2, 5}) {
    BoundedQueue<int> queue(std::size_t{unsigned(capacity)});
    std::atomic<int> pushed = 0, popped = 0;
    std::jthread producer([&](std::stop_token stop) {
      for (int i = 0; i < 1000; ++i) queue.push(i, stop), ++pushed;
    });
    for (int i = 0; i < 1000; ++i) {
      EXPECT_LE(pushed - popped, capacity);
      EXPECT_EQ(queue.pop(producer.get_stop_token()), i);
      ++popped;
    }
  }
}

TEST(BoundedQueue, AStopWakesEveryWaiter) {
  BoundedQueue<int> full(1), empty(1);
  std::stop_source stop;
  ASSERT_TRUE(full.push(1, stop.get_token()));
  std::atomic<int> refused = 0;
  {
    std::vector<std::jthread> waiters;
    for (int i = 0; i < 4; ++i) {
      waiters.emplace_back([&] { refused += !full.push(2, stop.get_token()); });
      waiters.emplace_back([&] { refused += !empty.pop(stop.get_token()); });
    }
    stop.request_stop();
  }
  EXPECT_EQ(refused, 8);
  EXPECT_FALSE(full.pop(stop.get_token())) << "what is left inside is not handed out after a stop";
}

}  // namespace
}  // namespace iresweep
