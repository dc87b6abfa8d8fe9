// What goes wrong with GPUs, in words.
#include "host/engine/cuda/faults.h"

#include <gtest/gtest.h>

#include <set>

namespace iresweep::cuda {
namespace {

Error error_of(int code) {
  try {
    throw_failure({code, "cudaErrorName", "what it means", "cudaCall", 3});
  } catch (const Error& error) {
    return error;
  }
}

TEST(Faults, NameTheCallTheDeviceAndTheCode) {
  const Error error = error_of(700);
  EXPECT_EQ(error.what_failed, "what it means (cudaErrorName)");
  EXPECT_EQ(error.where, "cuda:3, cudaCall");
}

TEST(Faults, EveryCodeHasAMend) {
  for (int code = 1; code < 1000; ++code) EXPECT_FALSE(error_of(code).hint.empty()) << code;
}

TEST(Faults, WhatUsersMeetHasAMendOfItsOwn) {
  std::set<std::string> mends;
  const std::vector<int> met = {2, 35, 46, 100, 209, 214, 700, 702, 802, 803, 999};
  for (const int code : met) mends.insert(error_of(code).hint);
  EXPECT_EQ(mends.size(), met.size());
  EXPECT_NE(error_of(2).hint.find("--batch-windows"), std::string::npos);
  EXPECT_NE(error_of(209).hint.find("IRESWEEP_CUDA_ARCHITECTURES"), std::string::npos);
  EXPECT_NE(error_of(222).hint.find("update the NVIDIA driver"), std::string::npos);
  EXPECT_NE(error_of(719).hint.find("report"), std::string::npos);
}

TEST(Faults, OnlyWantOfMemoryIsOfItsOwnKind) {
  EXPECT_THROW(throw_failure({2, "", "", "", 0}), OutOfDeviceMemory);
  for (const int code : {1, 35, 100, 700}) try {
      throw_failure({code, "", "", "", 0});
    } catch (const OutOfDeviceMemory&) {
      FAIL() << code;
    } catch (const Error&) {
    }
}

TEST(Faults, WhyThereIsNoGpu) {
  EXPECT_EQ(why_no_gpu({35, 0, 13000, nullptr}), "no NVIDIA driver is installed");
  EXPECT_EQ(why_no_gpu({35, 12040, 13010, nullptr}),
            "the NVIDIA driver is too old: it is for CUDA 12.4, this build needs 13.0");
  EXPECT_EQ(why_no_gpu({100, 13000, 13000, nullptr}), "the NVIDIA driver shows no GPU");
  EXPECT_NE(why_no_gpu({100, 13000, 13000, "-1"}).find("CUDA_VISIBLE_DEVICES='-1'"), std::string::npos);
  EXPECT_NE(why_no_gpu({803, 13000, 13000, nullptr}).find("restart the machine"), std::string::npos);
}

TEST(Faults, WhichGpusABuildHasCodeFor) {
  // Code runs on its own generation from its own number on, PTX of the last on all that follow.
  for (const auto& [major, minor, has] : {std::tuple{7, 0, false},
                                          {7, 5, true},
                                          {8, 0, false},
                                          {8, 9, false},
                                          {9, 0, true},
                                          {10, 0, false},
                                          {12, 0, true},
                                          {12, 1, true},
                                          {13, 0, true}})
    EXPECT_EQ(has_code_for(major, minor, "75,90,120"), has) << major << '.' << minor;
  EXPECT_TRUE(has_code_for(8, 6, "80"));
  EXPECT_FALSE(has_code_for(8, 0, "86"));
  EXPECT_FALSE(has_code_for(9, 0, ""));
}

}  // namespace
}  // namespace iresweep::cuda
