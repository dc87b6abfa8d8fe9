// What a picture says where there is nothing to draw.
#include "host/explain/window_picture.h"

#include <gtest/gtest.h>

#include <limits>
#include <memory>
#include <string>

#include "host/explain/explanation_page.h"

namespace iresweep {
namespace {

constexpr Methods kGradcam{.gradcam = true, .gradient = false, .attention = false, .mutagenesis = false};

Explanation explanation() {
  Explanation made;
  made.window.record = std::make_shared<const Record>(Record{"r", 0});
  made.window.place = {0, kWindow, 0};
  made.window.profile = std::make_shared<const ScoreProfile>(ScoreProfile{{0}, {0.9F}, 1, kWindow});
  made.attribution.emplace();
  made.mutations.emplace();
  return made;
}

std::size_t count(const std::string& text, const std::string& part) {
  std::size_t found = 0;
  for (std::size_t at = text.find(part); at != text.npos; at = text.find(part, at + 1)) ++found;
  return found;
}

TEST(WindowPicture, APanelWithoutAnythingSaysSo) {
  Explanation one = explanation();
  for (const std::string& text : {window_svg(one, kGradcam), explanation_page(one, kGradcam, {})}) {
    EXPECT_EQ(count(text, ">zero everywhere</text>"), 1u);
    EXPECT_EQ(count(text, ">0</text>"), 0u);
    EXPECT_EQ(count(text, "<use"), 0u);
  }
  one.attribution->grad_cam[100] = 1;
  const std::string svg = window_svg(one, kGradcam);
  EXPECT_EQ(count(svg, "everywhere"), 0u);
  EXPECT_EQ(count(svg, "<use"), 1u);
  EXPECT_EQ(count(svg, ">1</text>"), 1u);
}

TEST(WindowPicture, ZeroIsNotMissing) {
  constexpr Methods mutagenesis{.gradcam = false, .gradient = false, .attention = false, .mutagenesis = true};
  Explanation one = explanation();
  // The letters' panel and the map of all substitutions.
  EXPECT_EQ(count(window_svg(one, mutagenesis), ">zero everywhere</text>"), 2u);
  one.window.codes.fill(kMissing);
  for (auto& position : one.mutations->substitution) position.fill(std::numeric_limits<float>::quiet_NaN());
  EXPECT_EQ(count(window_svg(one, mutagenesis), ">no values</text>"), 2u);
}

}  // namespace
}  // namespace iresweep
