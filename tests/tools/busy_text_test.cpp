#include "tools/busy_text.h"

#include <gtest/gtest.h>

namespace iresweep::cli {
namespace {

TEST(BusyText, NamesWhatTheGpuWaitsFor) {
  EXPECT_EQ(busy_text({.wall = 10, .fill = 9.7, .take = 0.3}, {{"cuda:0", 3.4}}),
            "busy: cuda:0 34%, reading 97%, writing 3%; reading is what the GPU waits for");
  EXPECT_EQ(busy_text({.wall = 10, .fill = 4, .take = 9}, {{"cuda:0", 3.4}, {"cuda:1", 2}}),
            "busy: cuda:0 34%, cuda:1 20%, reading 40%, writing 90%; writing is what the GPU waits for");
}

TEST(BusyText, ABusyGpuWaitsForNothing) {
  EXPECT_EQ(busy_text({.wall = 10, .fill = 9, .take = 1}, {{"cuda:0", 8.5}}),
            "busy: cuda:0 85%, reading 90%, writing 10%");
}

TEST(BusyText, NoStageIsBlamedForAShortRun) {
  for (const double wall : {0.0, 10.0})
    EXPECT_NE(busy_text({.wall = wall, .fill = 1, .take = 1}, {{"cuda:0", 2}}).find("too few batches"),
              std::string::npos);
}

}  // namespace
}  // namespace iresweep::cli
