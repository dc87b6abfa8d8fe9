// The emulator itself: what a grid does, and that it shows the faults for whose sake it exists.
#include <gtest/gtest.h>

#include <stdexcept>
#include <vector>

#include "iresweep/error.h"
#include "kernels/cuda/grid.cuh"

namespace iresweep::test {
namespace {

constexpr unsigned kThreads = 64;

// Each thread's value goes to its mirror image.
__global__ void mirror_kernel(int* to) {
  __shared__ int tile[kThreads];
  tile[threadIdx.x] = int(threadIdx.x);
  __syncthreads();
  to[blockIdx.x * kThreads + threadIdx.x] = tile[kThreads - 1 - threadIdx.x];
}

// The same without the barrier: a thread may read before the other has written.
__global__ void racing_kernel(int* to) {
  __shared__ int tile[kThreads];
  tile[threadIdx.x] = int(threadIdx.x);
  to[blockIdx.x * kThreads + threadIdx.x] = tile[kThreads - 1 - threadIdx.x];
}

std::vector<int> mirror(void (*kernel)(int*), std::uint64_t order) {
  std::vector<int> to(3 * kThreads);
  emulator::set_order(order);
  cuda::launch("mirror", kernel, {3, 1, kThreads}, nullptr, to.data());
  emulator::set_order(0);
  return to;
}

TEST(Emulator, ABarrierMakesTheOrderOfThreadsMeaningless) {
  const auto right = mirror(mirror_kernel, 0);
  for (unsigned i = 0; i < 3 * kThreads; ++i) EXPECT_EQ(right[i], int(kThreads - 1 - i % kThreads));
  for (const std::uint64_t order : {1, 2, 3}) EXPECT_EQ(mirror(mirror_kernel, order), right);
}

// Shared memory holds no other block's values, so that every order shows the race, and each another one.
TEST(Emulator, WithoutTheBarrierTheRaceShows) {
  const auto right = mirror(mirror_kernel, 0), in_order = mirror(racing_kernel, 0);
  EXPECT_NE(in_order, right);
  EXPECT_NE(mirror(racing_kernel, 1), in_order);
  EXPECT_NE(mirror(racing_kernel, 1), mirror(racing_kernel, 2));
}

__global__ void warp_kernel(float* partner, unsigned* votes, int* count) {
  partner[threadIdx.x] = __shfl_xor_sync(0xffffffffu, float(threadIdx.x), 5);
  votes[threadIdx.x] = __ballot_sync(0xffffffffu, threadIdx.x % 3 == 0);
  __syncwarp();
  atomicAdd(count, 2);
}

TEST(Emulator, LanesExchangeValuesAndVotes) {
  for (const std::uint64_t order : {0, 1, 2}) {
    float partner[kThreads];
    unsigned votes[kThreads];
    int count = 1;
    emulator::set_order(order);
    cuda::launch("warp", warp_kernel, {1, 1, kThreads}, nullptr, partner, votes, &count);
    emulator::set_order(0);
    EXPECT_EQ(count, 1 + 2 * int(kThreads));
    for (unsigned i = 0; i < kThreads; ++i) {
      EXPECT_EQ(partner[i], float(i ^ 5));
      for (unsigned lane = 0; lane < 32; ++lane) EXPECT_EQ(votes[i] >> lane & 1, (i / 32 * 32 + lane) % 3 == 0);
    }
  }
}

__global__ void early_return_kernel() {
  if (threadIdx.x == 3) return;
  __syncthreads();
}

__global__ void lost_lane_kernel() {
  if (threadIdx.x == 3)
    __syncthreads();
  else
    __syncwarp();
}

__global__ void masks_kernel() { __syncwarp(threadIdx.x == 0 ? 1u | 2u : 0xffffffffu); }

TEST(Emulator, ThreadsThatWaitForEverAreAFault) {
  EXPECT_THROW(cuda::launch("early_return", early_return_kernel, {1, 1, kThreads}, nullptr), std::logic_error);
  EXPECT_THROW(cuda::launch("lost_lane", lost_lane_kernel, {1, 1, kThreads}, nullptr), std::logic_error);
  EXPECT_THROW(cuda::launch("masks", masks_kernel, {1, 1, kThreads}, nullptr), std::logic_error);
}

TEST(Launch, SaysWhichKernelCouldNotBeLaunched) {
  try {
    cuda::launch("too_wide", masks_kernel, {1, 1, 2048}, nullptr);
    FAIL() << "a block of 2048 threads was launched";
  } catch (const Error& error) {
    EXPECT_EQ(error.where, "CUDA kernel too_wide");
    EXPECT_NE(error.what_failed.find("invalid configuration"), std::string::npos);
  }
  EXPECT_EQ(emulator::open_ranges(), 0);
}

}  // namespace
}  // namespace iresweep::test
