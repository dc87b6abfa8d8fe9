#include "tools/progress.h"

#include <gtest/gtest.h>

namespace iresweep::cli {
namespace {

TEST(Progress, TellsRateAndTimeLeft) {
  EXPECT_EQ(progress_text({.seconds = 10, .windows = 1'234'500, .bases = 61'725'000, .share = 0.25}),
            "25% 1,234,500 windows, 123,450 windows/s, 6.17 Mb/s, 0:30 left");
  EXPECT_EQ(progress_text({.seconds = 3600, .windows = 10, .bases = 500, .share = 0.001}),
            "0% 10 windows, 0 windows/s, 0.00 Mb/s, 999:00:00 left");
}

TEST(Progress, TellsNoTimeLeftOfAnInputOfUnknownSize) {
  EXPECT_EQ(progress_text({.seconds = 75, .windows = 150, .bases = 7500, .share = -1}),
            "150 windows, 2 windows/s, 0.00 Mb/s, 1:15 so far");
}

TEST(Progress, DividesByNoZero) {
  for (const double share : {-1.0, 0.0, 1.0}) {
    const std::string text = progress_text({.seconds = 0, .windows = 0, .bases = 0, .share = share});
    EXPECT_EQ(text.find("nan"), std::string::npos) << text;
    EXPECT_EQ(text.find("inf"), std::string::npos) << text;
  }
}

TEST(Progress, KeepsTheBarWithinTheTerminal) {
  const ScanState state{.seconds = 10, .windows = 1'234'500, .bases = 61'725'000, .share = 0.5};
  for (int width = 1; width < 200; ++width)
    EXPECT_LE(progress_bar(state, width).size(), std::size_t(std::max(width - 1, 1))) << width;
  EXPECT_EQ(progress_bar(state, 200), "[==========          ] " + progress_text(state));
  EXPECT_EQ(progress_bar(state, 80).substr(0, 2), "[=") << "80 columns have room for a bar";
  EXPECT_EQ(progress_bar({.seconds = 1, .share = -1}, 200).find('['), std::string::npos);
}

}  // namespace
}  // namespace iresweep::cli
