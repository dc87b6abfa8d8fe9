// Runs a grid on one host thread: blocks in turn, a block's threads as fibers that change places where they wait.
//
// A kernel without races gives the same bits in whatever order its threads run between two barriers. set_order() picks
// the order: first to last, or at random. A thread may end early only when no other waits for its block's barrier.
#pragma once
#include <array>
#include <atomic>
#include <cstdint>
#include <functional>

namespace emulator {

inline constexpr int kWarp = 32;

struct dim3 {
  unsigned x = 1, y = 1, z = 1;
};

/// 0: threads run first to last; anything else seeds a random order.
void set_order(std::uint64_t seed);

/// As the hardware has it: one to 1024 threads a block, one dimension is all we need.
bool fits(const dim3& grid, const dim3& block);

/// Runs body once for every thread. Throws std::logic_error when threads wait for each other for ever, wait for
/// different things in a warp, or end while others wait; what a body throws comes out as well.
void run(const dim3& grid, const dim3& block, const std::function<void()>& body);

/// Called by a running thread.
const dim3& thread_index();
const dim3& block_index();
void wait_for_block();
/// Hands a value to all lanes of the warp in `mask` and returns theirs, when all of them have come.
const std::array<std::uint32_t, kWarp>& exchange(unsigned mask, std::uint32_t value);
/// The lane `distance` away by exclusive or; it must lie in the mask.
int source_lane(unsigned mask, int distance);

/// Named ranges (NVTX) that are not closed yet.
std::atomic<int>& open_ranges();

}  // namespace emulator
