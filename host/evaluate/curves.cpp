#include "host/evaluate/curves.h"

#include <fmt/format.h>

#include <array>
#include <cmath>
#include <optional>
#include <string_view>
#include <vector>

namespace iresweep {
namespace {

struct Point {
  double x = 0, y = 0;  ///< 0..1
};

struct Curve {
  std::vector<Point> points;
  std::string label;  ///< none: not in the legend
};

struct Plot {
  std::string title, x_label, y_label;
  std::array<Point, 2> chance;  ///< the line of a guess
  std::vector<Curve> curves;
  bool alike = false;  ///< all curves are of one kind: one colour, thin
};

// Okabe and Ito's colours, told apart by the colour-blind; dashes tell apart what goes beyond them, and on paper.
constexpr std::array<std::string_view, 6> kColours = {"#0072B2", "#D55E00", "#009E73", "#CC79A7", "#56B4E9", "#000000"};
constexpr std::array<std::string_view, 3> kDashes = {"none", "7 3", "2 3"};
constexpr double kSize = 400, kLeft = 64, kTop = 40, kMargin = 24, kHeight = kTop + kSize + 60;
constexpr double kLegendRow = 20;
constexpr std::size_t kLongestName = 48;

double x_of(double value) { return kLeft + kSize * value; }
double y_of(double value) { return kTop + kSize * (1 - value); }

std::string escaped(std::string_view text) {
  std::string out;
  for (const char letter : text) {
    if (letter == '&')
      out += "&amp;";
    else if (letter == '<')
      out += "&lt;";
    else if (letter == '>')
      out += "&gt;";
    else if (static_cast<unsigned char>(letter) >= 0x20)
      out += letter;
  }
  return out;
}

std::string text_at(double x, double y, std::string_view anchor, std::string_view text, std::string_view more = "") {
  return fmt::format("<text x=\"{:.1f}\" y=\"{:.1f}\" text-anchor=\"{}\"{}>{}</text>\n", x, y, anchor, more,
                     escaped(text));
}

std::string line(Point from, Point to, std::string_view style) {
  return fmt::format("<line x1=\"{:.1f}\" y1=\"{:.1f}\" x2=\"{:.1f}\" y2=\"{:.1f}\" {}/>\n", x_of(from.x), y_of(from.y),
                     x_of(to.x), y_of(to.y), style);
}

std::string axes(const Plot& plot) {
  constexpr std::string_view kGrid = "stroke=\"#dddddd\"", kChance = "stroke=\"#888888\" stroke-dasharray=\"4 4\"";
  std::string svg;
  for (int tick = 0; tick <= 5; ++tick) {
    const double value = tick / 5.0;
    const std::string number = fmt::format("{:.1f}", value);
    svg += line({value, 0}, {value, 1}, kGrid) + line({0, value}, {1, value}, kGrid);
    svg += text_at(x_of(value), y_of(0) + 18, "middle", number) + text_at(kLeft - 8, y_of(value) + 4, "end", number);
  }
  svg += line(plot.chance[0], plot.chance[1], kChance);
  svg += fmt::format("<rect x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\" fill=\"none\" stroke=\"#333333\"/>\n", kLeft,
                     kTop, kSize, kSize);
  svg += text_at(x_of(0.5), 24, "middle", plot.title, " font-size=\"14\" font-weight=\"bold\"");
  svg += text_at(x_of(0.5), kHeight - 16, "middle", plot.x_label);
  svg +=
      text_at(0, 0, "middle", plot.y_label, fmt::format(" transform=\"translate(18 {:.1f}) rotate(-90)\"", y_of(0.5)));
  return svg;
}

std::string style_of(const Plot& plot, std::size_t curve) {
  if (plot.alike)
    return fmt::format("stroke=\"{}\" stroke-width=\"1.2\" stroke-opacity=\"0.6\" fill=\"none\"", kColours[0]);
  return fmt::format("stroke=\"{}\" stroke-width=\"2\" stroke-dasharray=\"{}\" fill=\"none\"",
                     kColours[curve % kColours.size()], kDashes[curve / kColours.size() % kDashes.size()]);
}

/// Points that nobody could see beside the one before them are left out.
std::string path(const std::vector<Point>& points, std::string_view style) {
  constexpr double kVisible = 0.25;  // pixels
  std::string svg = "<path d=\"";
  Point drawn;
  for (std::size_t i = 0; i < points.size(); ++i) {
    const Point at{x_of(points[i].x), y_of(points[i].y)};
    if (i > 0 && i + 1 < points.size() && std::hypot(at.x - drawn.x, at.y - drawn.y) < kVisible) continue;
    svg += fmt::format("{}{:.2f} {:.2f}", i == 0 ? "M" : " L", at.x, at.y);
    drawn = at;
  }
  return svg + fmt::format("\" {}/>\n", style);
}

/// Beside the plot, where it covers no curve.
struct Legend {
  std::string svg;
  double width = 0;
};

Legend legend(const Plot& plot) {
  constexpr double kLetter = 7;  // the width of most
  const double left = x_of(1) + kMargin;
  Legend made;
  double y = kTop + kLegendRow / 2;
  for (std::size_t i = 0; i < plot.curves.size(); ++i) {
    if (plot.curves[i].label.empty()) continue;
    made.svg += fmt::format("<line x1=\"{:.1f}\" y1=\"{:.1f}\" x2=\"{:.1f}\" y2=\"{:.1f}\" {}/>\n", left, y, left + 28,
                            y, style_of(plot, i));
    made.svg += text_at(left + 36, y + 4, "start", plot.curves[i].label);
    made.width = std::max(made.width, 36 + kLetter * double(plot.curves[i].label.size()) + kMargin);
    y += kLegendRow;
  }
  return made;
}

std::string draw(const Plot& plot) {
  const Legend names = legend(plot);
  std::string svg = fmt::format(
      "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{0}\" height=\"{1}\" viewBox=\"0 0 {0} {1}\" "
      "font-family=\"Helvetica, Arial, sans-serif\" font-size=\"12\" fill=\"#222222\">\n"
      "<rect width=\"{0}\" height=\"{1}\" fill=\"#ffffff\"/>\n",
      x_of(1) + kMargin + names.width, kHeight);
  svg += axes(plot);
  for (std::size_t i = 0; i < plot.curves.size(); ++i) svg += path(plot.curves[i].points, style_of(plot, i));
  return svg + names.svg + "</svg>\n";
}

std::vector<Point> roc_points(const std::vector<Above>& above) {
  const Above& all = above.back();
  std::vector<Point> points;
  for (const Above& at : above)
    points.push_back({double(at.negatives) / double(all.negatives), double(at.positives) / double(all.positives)});
  return points;
}

std::vector<Point> precision_recall_points(const std::vector<Above>& above) {
  std::vector<Point> points;
  double recall = 0;
  for (std::size_t i = 1; i < above.size(); ++i) {
    if (above[i].positives == above[i - 1].positives) continue;
    const double precision = double(above[i].positives) / double(above[i].positives + above[i].negatives);
    points.push_back({recall, precision});
    recall = double(above[i].positives) / double(above.back().positives);
    points.push_back({recall, precision});
  }
  return points;
}

void add_curves(Plot& plot, const Evaluation& result, Columns columns, Metric metric,
                std::vector<Point> (*points_of)(const std::vector<Above>&)) {
  plot.alike = columns == Columns::folds;
  std::vector<double> values;
  for (const ModelEvaluation& model : result.models) {
    const double value = at(model.metrics, metric).value;
    values.push_back(value);
    plot.curves.push_back({points_of(model.points),
                           plot.alike ? "" : fmt::format("{} ({:.3f})", short_name(model, kLongestName), value)});
  }
  if (!plot.alike) return;
  const auto [mean, sd] = spread_of(values);
  plot.curves.front().label = fmt::format("{} models ({:.3f} ± {:.3f})", result.models.size(), mean, sd);
}

}  // namespace

std::string roc_svg(const Evaluation& result, Columns columns) {
  Plot plot{"ROC; in brackets the area",
            "false positive rate (1 - Sp)",
            "true positive rate (Sn)",
            {Point{0, 0}, Point{1, 1}},
            {},
            false};
  add_curves(plot, result, columns, Metric::auroc, roc_points);
  return draw(plot);
}

std::string precision_recall_svg(const Evaluation& result, Columns columns) {
  const double share = double(result.positives.records) / double(result.positives.records + result.negatives.records);
  Plot plot{"Precision and recall; in brackets the average precision",
            "recall (Sn)",
            "precision",
            {Point{0, share}, Point{1, share}},
            {},
            false};
  add_curves(plot, result, columns, Metric::aupr, precision_recall_points);
  return draw(plot);
}

}  // namespace iresweep
