// Names of records are anybody's: nothing of them may become markup.
#include "host/output/report/markup.h"

#include <gtest/gtest.h>

namespace iresweep::test {
namespace {

const std::string kReplaced = "\xEF\xBF\xBD";

TEST(Escaped, LeavesNothingForABrowserToTakeAsMarkup) {
  EXPECT_EQ(escaped("<script>alert(\"a&b'c\")</script>"),
            "&lt;script&gt;alert(&quot;a&amp;b&#39;c&quot;)&lt;/script&gt;");
  EXPECT_EQ(escaped("chr1|x:1-2"), "chr1|x:1-2");
  EXPECT_EQ(escaped(""), "");
}

TEST(Escaped, KeepsUtf8AndReplacesWhatIsNone) {
  EXPECT_EQ(escaped("\u00e4\u20ac\U0001F9EC"), "\u00e4\u20ac\U0001F9EC");
  EXPECT_EQ(escaped("a\xFF"
                    "b"),
            "a" + kReplaced + "b");
  EXPECT_EQ(escaped("\xC3"), kReplaced);                                  // cut
  EXPECT_EQ(escaped("\xC0\xBC"), kReplaced + kReplaced);                  // '<' in two bytes
  EXPECT_EQ(escaped("\xED\xA0\x80"), kReplaced + kReplaced + kReplaced);  // half a pair
  EXPECT_EQ(escaped("\xF4\x90\x80\x80"), kReplaced + kReplaced + kReplaced + kReplaced);
  EXPECT_EQ(escaped(std::string("a\0b\x1b", 4)), "a" + kReplaced + "b" + kReplaced);
}

TEST(Numbers, ReadWell) {
  EXPECT_EQ(grouped(0), "0");
  EXPECT_EQ(grouped(999), "999");
  EXPECT_EQ(grouped(1000), "1,000");
  EXPECT_EQ(grouped(12345678901), "12,345,678,901");
  EXPECT_EQ(percent(0.00102), "0.102%");
  EXPECT_EQ(percent(1), "100%");
}

}  // namespace
}  // namespace iresweep::test
