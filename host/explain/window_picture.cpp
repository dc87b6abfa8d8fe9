#include "host/explain/window_picture.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "host/explain/place_of_base.h"
#include "host/output/report/markup.h"
#include "iresweep/model.h"

namespace iresweep {
namespace {

// Pixels.
constexpr double kLeft = kPictureLeft, kRight = 20, kLetter = kPictureLetter, kPanel = 90, kGap = 16, kTop = 44,
                 kCell = 14, kAxis = 40;
constexpr double kWidth = kLeft + kLetter * kWindow + kRight;
constexpr double kVisible = 0.3;  // letters below this height are left out

// Okabe and Ito's colours, told apart by the colour-blind. Letters are drawn in a box of 100 by 100 and stretched, so
// that they look the same whatever fonts there are.
struct Letter {
  std::string_view name, colour, path;
};
constexpr std::array<Letter, 4> kLetters = {
    Letter{"A", "#009E73", "M0 100 38 0H62L100 100H78L70 76H30L22 100ZM36 58H64L50 18Z"},
    Letter{"C", "#0072B2", "M98 36A50 50 0 1 0 98 64L76 60A28 28 0 1 1 76 40Z"},
    Letter{"G", "#E69F00", "M97 33A50 50 0 1 0 100 50H52V68H71.4A28 28 0 1 1 71.4 32Z"},
    Letter{"U", "#D55E00", "M0 0H22V60A28 20 0 0 0 78 60V0H100V60A50 40 0 0 1 0 60Z"}};

double x_of(int position) { return kLeft + kLetter * position; }

std::string text_at(double x, double y, std::string_view anchor, std::string_view text, std::string_view more = "") {
  return fmt::format("<text x=\"{:.1f}\" y=\"{:.1f}\" text-anchor=\"{}\"{}>{}</text>\n", x, y, anchor, more,
                     escaped(text));
}

std::string line(double x1, double y1, double x2, double y2, std::string_view colour) {
  return fmt::format("<line x1=\"{:.1f}\" y1=\"{:.1f}\" x2=\"{:.1f}\" y2=\"{:.1f}\" stroke=\"{}\"/>\n", x1, y1, x2, y2,
                     colour);
}

std::string definitions() {
  std::string svg = "<defs>\n";
  for (const auto& [name, colour, path] : kLetters)
    svg += fmt::format("<path id=\"{}\" fill=\"{}\" fill-rule=\"evenodd\" d=\"{}\"/>\n", name, colour, path);
  return svg + "</defs>\n";
}

// In place of what would be drawn, for an empty panel looks like a fault; on the left, where a page that is narrower
// than the picture begins. `any`: there are values, all of them zero.
std::string nothing(double y, bool any) {
  return text_at(kLeft + 8, y, "start", any ? "zero everywhere" : "no values");
}

// Letters above and below a line whose place in the panel the values decide.
std::string letters(const Explanation& explanation, const PositionValue& method, double top) {
  std::array<double, kWindow> values{};
  double above = 0, below = 0;
  bool any = false;
  for (int t = 0; t < kWindow; ++t) {
    const double value = method.of(explanation, t);
    if (!std::isnan(value)) values[t] = value, any = true;
    above = std::max(above, values[t]);
    below = std::max(below, -values[t]);
  }
  std::string svg = text_at(kLeft - 72, top + kPanel / 2 + 4, "end", method.name, " font-weight=\"bold\"");
  if (above + below == 0) return svg + nothing(top + kPanel / 2 + 4, any);
  const double scale = kPanel / (above + below), zero = top + above * scale;
  svg += text_at(kLeft - 6, top + 8, "end", fmt::format("{:.3g}", above));
  if (below > 0) svg += text_at(kLeft - 6, top + kPanel, "end", fmt::format("{:.3g}", -below));
  svg += line(kLeft, zero, x_of(kWindow), zero, "#999999");
  for (int t = 0; t < kWindow; ++t) {
    const BaseCode base = explanation.window.codes[t];
    const double height = std::abs(values[t]) * scale;
    if (base == kMissing || height < kVisible) continue;
    svg += fmt::format("<use href=\"#{}\" transform=\"translate({:.1f} {:.2f}) scale({:.3f} {:.4f})\"/>\n",
                       kLetters[base].name, x_of(t) + 0.25, values[t] > 0 ? zero - height : zero, (kLetter - 0.5) / 100,
                       height / 100);
  }
  return svg;
}

// White at 0; `share` is -1 for the greatest fall, 1 for the greatest rise.
std::string colour_of(double share) {
  constexpr std::array<double, 3> kRise = {213, 94, 0}, kFall = {0, 114, 178};
  const auto& end = share > 0 ? kRise : kFall;
  const auto part = [&](std::size_t i) { return int(std::lround(255 + (end[i] - 255) * std::abs(share))); };
  return fmt::format("#{:02x}{:02x}{:02x}", part(0), part(1), part(2));
}

std::string heat_map(const Explanation& explanation, double top) {
  const auto& changes = explanation.mutations->substitution;
  double greatest = 0;
  bool any = false;
  for (const auto& position : changes)
    for (const float change : position)
      if (!std::isnan(change)) greatest = std::max(greatest, double(std::abs(change))), any = true;
  std::string svg = text_at(kLeft - 72, top + 2 * kCell + 4, "end", "substitution", " font-weight=\"bold\"");
  if (greatest > 0) svg += text_at(kLeft - 24, top + kCell - 3, "end", fmt::format("±{:.3g}", greatest));
  for (std::size_t base = 0; base < kLetters.size(); ++base) {
    const double y = top + kCell * double(base);
    svg += text_at(kLeft - 6, y + kCell - 3, "end", kLetters[base].name);
    for (int t = 0; t < kWindow; ++t)
      if (const double change = changes[t][base]; !std::isnan(change) && change != 0)
        svg += fmt::format("<rect x=\"{:.1f}\" y=\"{:.1f}\" width=\"{}\" height=\"{}\" fill=\"{}\"/>\n", x_of(t), y,
                           kLetter, kCell, colour_of(change / greatest));
  }
  if (greatest == 0) svg += nothing(top + 2 * kCell + 4, any);
  return svg +
         fmt::format("<rect x=\"{}\" y=\"{:.1f}\" width=\"{}\" height=\"{}\" fill=\"none\" stroke=\"#999999\"/>\n",
                     kLeft, top, kLetter * kWindow, 4 * kCell);
}

// Positions of the window, from 1, under the last panel.
std::string axis(double top) {
  std::string svg;
  for (int t = 9; t < kWindow; t += 10) {
    const double x = x_of(t) + kLetter / 2;
    svg += line(x, top, x, top + 5, "#666666") + text_at(x, top + 18, "middle", fmt::format("{}", t + 1));
  }
  return svg + text_at(kLeft - 6, top + 18, "end", "base of the window");
}

std::string title(const ChosenWindow& window) {
  std::int64_t first = -1, last = -1;
  for (int t = 0; t < kWindow; ++t) {
    const std::int64_t place = place_of_base(window, t);
    if (place < 0) continue;
    if (first < 0) first = place;
    last = place;
  }
  return fmt::format("{}   {}:{}-{} ({})   score {:.6f}, logit {:.3f}", window.record->name, contig_of(window),
                     std::min(first, last) + 1, std::max(first, last) + 1, char(strand_of(window)),
                     score_of(window.logit), window.logit);
}

}  // namespace

std::string window_svg(const Explanation& explanation, const Methods& methods) {
  std::string panels;
  double y = kTop;
  for (const PositionValue& method : position_values(methods)) {
    panels += letters(explanation, method, y);
    y += kPanel + kGap;
  }
  if (methods.mutagenesis) {
    panels += heat_map(explanation, y);
    y += 4 * kCell + kGap;
  }
  panels += axis(y - kGap / 2);
  return fmt::format(
             "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{0}\" height=\"{1}\" viewBox=\"0 0 {0} {1}\" "
             "font-family=\"Helvetica, Arial, sans-serif\" font-size=\"12\" fill=\"#222222\">\n"
             "<rect width=\"{0}\" height=\"{1}\" fill=\"#ffffff\"/>\n",
             kWidth, y + kAxis) +
         definitions() + text_at(kLeft, 24, "start", title(explanation.window), " font-size=\"15\"") + panels +
         "</svg>\n";
}

}  // namespace iresweep
