#include "tests/cuda_on_host/emulator/grid.h"

#include <ucontext.h>

#include <bit>
#include <cstring>
#include <exception>
#include <memory>
#include <random>
#include <stdexcept>
#include <vector>

#include "tests/support/address_sanitizer.h"

#if IRESWEEP_ADDRESS_SANITIZER
#include <sanitizer/common_interface_defs.h>
#endif

// The linker's names for the first and the end of the section that __shared__ variables go to; absent without any.
extern "C" {
extern char __start_iresweep_shared[] __attribute__((weak));
extern char __stop_iresweep_shared[] __attribute__((weak));
}

namespace emulator {
namespace {

constexpr std::size_t kStack = 128 * 1024;

enum class State { ready, at_barrier, in_exchange, ended };

struct Fiber {
  ucontext_t context;
  std::unique_ptr<char[]> stack = std::make_unique<char[]>(kStack);
  void* sanitizer_stack = nullptr;
  dim3 index;
  State state = State::ready;
};

// A warp's meeting: two boards in turn, since a lane may come to the next meeting before all have read this one's.
struct Warp {
  std::array<std::uint32_t, kWarp> boards[2];
  unsigned mask = 0, arrived = 0, meeting = 0;
};

struct Grid {
  std::vector<std::unique_ptr<Fiber>> fibers;
  std::vector<Warp> warps;
  std::size_t threads = 0, current = 0;
  dim3 block;
  const std::function<void()>* body = nullptr;
  std::exception_ptr fault;
  ucontext_t scheduler;
  void* scheduler_stack = nullptr;
  const void* scheduler_bottom = nullptr;
  std::size_t scheduler_size = 0;
  bool random = false;
  std::mt19937_64 generator;
};

Grid grid;

#if IRESWEEP_ADDRESS_SANITIZER
void start_switch(void** keep, const void* bottom, std::size_t size) {
  __sanitizer_start_switch_fiber(keep, bottom, size);
}
void finish_switch(void* kept, const void** bottom, std::size_t* size) {
  __sanitizer_finish_switch_fiber(kept, bottom, size);
}
#else
void start_switch(void**, const void*, std::size_t) {}
void finish_switch(void*, const void**, std::size_t*) {}
#endif

Fiber& current() { return *grid.fibers[grid.current]; }

void to_scheduler(Fiber& fiber) {
  start_switch(fiber.state == State::ended ? nullptr : &fiber.sanitizer_stack, grid.scheduler_bottom,
               grid.scheduler_size);
  swapcontext(&fiber.context, &grid.scheduler);
  finish_switch(fiber.sanitizer_stack, nullptr, nullptr);
}

void to_fiber(Fiber& fiber) {
  start_switch(&grid.scheduler_stack, fiber.stack.get(), kStack);
  swapcontext(&grid.scheduler, &fiber.context);
  finish_switch(grid.scheduler_stack, nullptr, nullptr);
}

void fiber_main() {
  finish_switch(nullptr, &grid.scheduler_bottom, &grid.scheduler_size);
  try {
    (*grid.body)();
  } catch (...) {
    grid.fault = std::current_exception();
  }
  current().state = State::ended;
  to_scheduler(current());
}

void start(std::size_t thread) {
  Fiber& fiber = *grid.fibers[thread];
  fiber.index = dim3{unsigned(thread), 0, 0};
  fiber.state = State::ready;
  fiber.sanitizer_stack = nullptr;
  getcontext(&fiber.context);
  fiber.context.uc_stack.ss_sp = fiber.stack.get();
  fiber.context.uc_stack.ss_size = kStack;
  fiber.context.uc_link = nullptr;
  makecontext(&fiber.context, fiber_main, 0);
}

bool any(State state) {
  for (std::size_t i = 0; i < grid.threads; ++i)
    if (grid.fibers[i]->state == state) return true;
  return false;
}

// Nobody is ready: all have come to the barrier, or something is wrong.
void open_barrier() {
  if (any(State::in_exchange)) throw std::logic_error("lanes of a warp wait for lanes that do not come");
  if (any(State::ended)) throw std::logic_error("threads wait at a barrier that others never reach");
  for (std::size_t i = 0; i < grid.threads; ++i) grid.fibers[i]->state = State::ready;
}

void run_block() {
  if (__start_iresweep_shared)
    std::memset(__start_iresweep_shared, 0xff, std::size_t(__stop_iresweep_shared - __start_iresweep_shared));
  grid.warps.assign((grid.threads + kWarp - 1) / kWarp, Warp{});
  std::vector<std::size_t> order(grid.threads);
  for (std::size_t i = 0; i < grid.threads; ++i) {
    order[i] = i;
    start(i);
  }
  while (!grid.fault) {
    if (grid.random) std::shuffle(order.begin(), order.end(), grid.generator);
    bool ran = false;
    for (const std::size_t thread : order) {
      if (grid.fibers[thread]->state != State::ready || grid.fault) continue;
      grid.current = thread;
      to_fiber(*grid.fibers[thread]);
      ran = true;
    }
    if (ran) continue;
    if (!any(State::at_barrier) && !any(State::in_exchange)) break;
    open_barrier();
  }
  if (grid.fault) std::rethrow_exception(grid.fault);
}

}  // namespace

void set_order(std::uint64_t seed) {
  grid.random = seed != 0;
  grid.generator.seed(seed);
}

bool fits(const dim3& blocks, const dim3& block) {
  return blocks.x >= 1 && blocks.y == 1 && blocks.z == 1 && block.x >= 1 && block.x <= 1024 && block.y == 1 &&
         block.z == 1;
}

void run(const dim3& blocks, const dim3& block, const std::function<void()>& body) {
  grid.threads = block.x;
  grid.body = &body;
  grid.fault = nullptr;
  while (grid.fibers.size() < grid.threads) grid.fibers.push_back(std::make_unique<Fiber>());
  for (unsigned b = 0; b < blocks.x; ++b) {
    grid.block = dim3{b, 0, 0};
    run_block();
  }
}

const dim3& thread_index() { return current().index; }
const dim3& block_index() { return grid.block; }

void wait_for_block() {
  current().state = State::at_barrier;
  to_scheduler(current());
}

const std::array<std::uint32_t, kWarp>& exchange(unsigned mask, std::uint32_t value) {
  const std::size_t lane = grid.current % kWarp, first = grid.current - lane;
  Warp& warp = grid.warps[grid.current / kWarp];
  if (!(mask >> lane & 1)) throw std::logic_error("a lane outside the mask that it names");
  if (warp.arrived == 0) warp.mask = mask;
  if (warp.mask != mask) throw std::logic_error("lanes of a warp name different masks");
  auto& board = warp.boards[warp.meeting % 2];
  board[lane] = value;
  if (++warp.arrived < unsigned(std::popcount(mask))) {
    current().state = State::in_exchange;
    to_scheduler(current());
    return board;
  }
  warp.arrived = 0;
  ++warp.meeting;
  for (std::size_t i = 0; i < kWarp && first + i < grid.threads; ++i)
    if (mask >> i & 1 && i != lane) grid.fibers[first + i]->state = State::ready;
  return board;
}

int source_lane(unsigned mask, int distance) {
  const int source = int(grid.current % kWarp) ^ distance;
  if (!(mask >> source & 1)) throw std::logic_error("a lane takes a value from outside the mask");
  return source;
}

std::atomic<int>& open_ranges() {
  static std::atomic<int> open = 0;
  return open;
}

}  // namespace emulator
