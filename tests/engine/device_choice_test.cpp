// Which device a run is on, by what is asked for and what is there.
#include "host/engine/device_choice.h"

#include <gtest/gtest.h>

#include "iresweep/error.h"

namespace iresweep {
namespace {

Gpus never() { throw std::logic_error("the driver was woken"); }

TEST(DeviceChoice, ReadsEveryForm) {
  using Kind = DeviceRequest::Kind;
  EXPECT_EQ(parse_device("auto").kind, Kind::automatic);
  EXPECT_EQ(parse_device("cpu").kind, Kind::cpu);
  EXPECT_EQ(parse_device("cuda").kind, Kind::cuda);
  EXPECT_EQ(parse_device("cuda:0").gpus, std::vector<int>{0});
  EXPECT_EQ(parse_device("cuda:3,0,11").gpus, (std::vector<int>{3, 0, 11}));
  for (const char* bad : {"", "gpu", "CPU", "cuda:", "cuda:a", "cuda:0,", "cuda:,0", "cuda:0;1", "cuda:-1", "cuda:1,1",
                          "cuda:99999999999", "cpu:0", "cuda0"})
    EXPECT_THROW(parse_device(bad), Error) << bad;
}

TEST(DeviceChoice, TheDriverSleepsUnlessGpusAreAskedFor) {
  EXPECT_TRUE(choose_device(parse_device("cpu"), "auto", never).gpus.empty());
  EXPECT_TRUE(choose_device(parse_device("auto"), "avx2", never).gpus.empty());
  EXPECT_THROW(choose_device(parse_device("auto"), "auto", never), std::logic_error);
  EXPECT_THROW(choose_device(parse_device("cuda"), "auto", never), std::logic_error);
}

TEST(DeviceChoice, AutoSaysWhy) {
  const auto choice = [](const Gpus& gpus) {
    return choose_device(parse_device("auto"), "auto", [&] { return gpus; });
  };
  EXPECT_EQ(choice({{}, "no driver"}).why, "no driver");
  EXPECT_EQ(choice({{{0, "Old", "sm_60", 0, "no code for it"}}, ""}).why, "cuda:0, Old: no code for it");
  const auto taken = choice({{{0, "Old", "sm_60", 0, "no code for it"}, {1, "New", "sm_90", 0, ""}}, ""});
  ASSERT_EQ(taken.gpus.size(), 1u);
  EXPECT_EQ(taken.gpus.front().index, 1);
  EXPECT_FALSE(choice({{{0, "New", "sm_90", 0, ""}}, ""}).why.empty());
}

}  // namespace
}  // namespace iresweep
