#include "host/output/report/pictures.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <iterator>
#include <string_view>

#include "host/output/report/markup.h"

namespace iresweep {
namespace {

constexpr std::size_t kMostPoints = 400;  // of a profile; more cannot be told apart

/// A drawing whose axes run from (x0, y0) to (x1, y1), margins around them.
class Plot {
 public:
  Plot(std::string_view name, double width, double height, double x0, double x1, double y0, double y1)
      : width_(width), height_(height), x0_(x0), x1_(x1), y0_(y0), y1_(y1) {
    text_ = fmt::format("<svg role=\"img\" aria-label=\"{}\" viewBox=\"0 0 {} {}\">\n", name, width, height);
  }

  double x(double value) const { return kLeft + (value - x0_) / (x1_ - x0_) * (width_ - kLeft - kRight); }
  double y(double value) const { return height_ - kBottom - (value - y0_) / (y1_ - y0_) * (height_ - kTop - kBottom); }

  void bar(double from, double to, double value, std::string_view kind) {
    add("<rect class=\"{}\" x=\"{:.1f}\" y=\"{:.1f}\" width=\"{:.1f}\" height=\"{:.1f}\"/>\n", kind, x(from), y(value),
        x(to) - x(from), y(y0_) - y(value));
  }
  void line(const std::vector<std::pair<double, double>>& points, std::string_view kind) {
    add("<polyline class=\"{}\" points=\"", kind);
    for (const auto& [px, py] : points) add("{:.1f},{:.1f} ", x(px), y(py));
    text_ += "\"/>\n";
  }
  void point(double at, double value) {
    add("<circle class=\"dot\" cx=\"{:.1f}\" cy=\"{:.1f}\" r=\"2\"/>\n", x(at), y(value));
  }
  void upright(double at, std::string_view kind, std::string_view label) {
    line({{at, y0_}, {at, y1_}}, kind);
    if (!label.empty())
      add("<text x=\"{:.1f}\" y=\"{:.1f}\" text-anchor=\"{}\">{}</text>\n", x(at) + (x(at) > width_ / 2 ? -5 : 5),
          kTop + 10.0, x(at) > width_ / 2 ? "end" : "start", label);
  }
  void level(double value, std::string_view kind) { line({{x0_, value}, {x1_, value}}, kind); }
  void x_mark(double value, std::string_view label) {
    add("<text x=\"{:.1f}\" y=\"{:.1f}\" text-anchor=\"middle\">{}</text>\n", x(value), height_ - kBottom + 16, label);
  }
  void y_mark(double value, std::string_view label) {
    level(value, "grid");
    add("<text x=\"{:.1f}\" y=\"{:.1f}\" text-anchor=\"end\">{}</text>\n", kLeft - 6, y(value) + 4, label);
  }
  void x_title(std::string_view label) {
    add("<text x=\"{:.1f}\" y=\"{:.1f}\" text-anchor=\"middle\">{}</text>\n", (kLeft + width_ - kRight) / 2,
        height_ - 4, label);
  }
  std::string finish() {
    level(y0_, "axis");
    return std::move(text_) + "</svg>\n";
  }

 private:
  static constexpr double kLeft = 64, kRight = 30, kTop = 10, kBottom = 38;

  template <class... Values>
  void add(fmt::format_string<Values...> format, Values&&... values) {
    fmt::format_to(std::back_inserter(text_), format, std::forward<Values>(values)...);
  }

  double width_, height_, x0_, x1_, y0_, y1_;
  std::string text_;
};

// Scores at which an axis of logits is marked.
struct LogitMark {
  double score;
  const char* label;
};
constexpr LogitMark kLogitMarks[] = {{0.01, "0.01"}, {0.1, "0.1"},     {0.5, "0.5"},      {0.9, "0.9"},
                                     {0.99, "0.99"}, {0.999, "0.999"}, {0.9999, "0.9999"}};

double logit_of(double score) { return std::log(score / (1 - score)); }

// A round number of about a quarter of `most`.
double grid_step(double most) {
  const double unit = std::pow(10.0, std::floor(std::log10(most)));
  for (const double step : {0.1, 0.2, 0.5, 1.0})
    if (most / (step * unit) <= 5) return step * unit;
  return 2 * unit;
}

}  // namespace

std::string histogram_picture(const std::vector<double>& shares, const std::vector<double>& null_shares,
                              double threshold) {
  double most = 1e-3;
  for (const double share : shares) most = std::max(most, share);
  for (const double share : null_shares) most = std::max(most, share);
  Plot plot("Scores of all windows", 720, 280, 0, 1, 0, most);
  for (double mark = 0; mark <= most; mark += grid_step(most)) plot.y_mark(mark, percent(mark));
  for (const double mark : {0.0, 0.2, 0.4, 0.6, 0.8, 1.0}) plot.x_mark(mark, fmt::format("{:.1f}", mark));
  const double width = 1 / double(shares.size());
  for (std::size_t i = 0; i < shares.size(); ++i)
    plot.bar((double(i) + 0.06) * width, (double(i) + 0.94) * width, shares[i], "seen");
  std::vector<std::pair<double, double>> steps;
  for (std::size_t i = 0; i < null_shares.size(); ++i) {
    steps.emplace_back(double(i) * width, null_shares[i]);
    steps.emplace_back(double(i + 1) * width, null_shares[i]);
  }
  if (!steps.empty()) plot.line(steps, "null");
  plot.upright(threshold, "threshold", "called");
  plot.x_title("score");
  return plot.finish();
}

std::string tail_picture(const std::vector<TailPoint>& observed, const std::vector<TailPoint>& null, double threshold) {
  constexpr double kLeast = -6;  // powers of ten
  const auto curve = [&](const std::vector<TailPoint>& tail) {
    std::vector<std::pair<double, double>> points;
    for (const auto& [logit, share] : tail) {
      if (share <= 0) break;
      points.emplace_back(logit, std::max(kLeast, std::log10(share)));
      if (points.back().second == kLeast) break;
    }
    return points;
  };
  Plot plot("Share of windows that score higher", 720, 280, -5, 12, kLeast, 0);
  for (int power = int(kLeast); power <= 0; ++power)
    plot.y_mark(power, power == 0 ? "100%" : power == -1 ? "10%" : power == -2 ? "1%" : percent(std::pow(10, power)));
  for (const auto& [score, label] : kLogitMarks) plot.x_mark(logit_of(score), label);
  plot.line(curve(null), "null");
  plot.line(curve(observed), "tail");
  plot.upright(logit_of(threshold), "threshold", "called");
  plot.x_title("score above (logit scale)");
  return plot.finish();
}

std::string profile_picture(const Hit& locus, double threshold) {
  const auto& points = locus.profile->points;
  double from = double(locus.best_start), to = double(locus.best_end);
  for (const ProfilePoint& point : points) {
    from = std::min(from, double(point.start));
    to = std::max(to, double(point.end));
  }
  Plot plot("Scores around the locus", 720, 170, from, to, 0, 1);
  plot.bar(double(locus.best_start), double(locus.best_end), 1, "best");
  for (const double mark : {0.0, 0.5, 1.0}) plot.y_mark(mark, fmt::format("{:.1f}", mark));
  plot.level(threshold, "threshold");
  const std::size_t stride = (points.size() + kMostPoints - 1) / kMostPoints;
  std::vector<std::pair<double, double>> curve;
  const auto draw = [&] {
    if (!curve.empty()) plot.line(curve, "tail");
    if (stride == 1)
      for (const auto& [at, score] : curve) plot.point(at, score);
    curve.clear();
  };
  for (std::size_t i = 0; i < points.size(); i += stride) {
    if (points[i].blank)
      draw();
    else
      curve.emplace_back(double(points[i].start + points[i].end) / 2, points[i].score);
  }
  draw();
  for (int i = 0; i <= 4; ++i) {
    const double at = from + (to - from) * i / 4;
    plot.x_mark(at, grouped(std::uint64_t(at) + 1));
  }
  plot.x_title(fmt::format("base of {}", escaped(locus.record->name)));
  return plot.finish();
}

}  // namespace iresweep
