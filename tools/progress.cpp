#include "tools/progress.h"

#include <fmt/format.h>
#include <spdlog/spdlog.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <cmath>
#include <cstdio>

namespace iresweep::cli {
namespace {

/// 1234567 -> "1,234,567"
std::string grouped(std::uint64_t number) {
  const std::string digits = fmt::format("{}", number);
  std::string text;
  for (std::size_t i = 0; i < digits.size(); ++i) {
    if (i > 0 && (digits.size() - i) % 3 == 0) text += ',';
    text += digits[i];
  }
  return text;
}

/// 75 -> "1:15", 3675 -> "1:01:15"
std::string clock_text(double seconds) {
  const std::int64_t whole = std::llround(seconds);
  if (whole >= 3600) return fmt::format("{}:{:02}:{:02}", whole / 3600, whole / 60 % 60, whole % 60);
  return fmt::format("{}:{:02}", whole / 60, whole % 60);
}

int terminal_width() {
  winsize size{};
  return ioctl(STDERR_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0 ? size.ws_col : 80;
}

}  // namespace

std::string progress_text(const ScanState& state) {
  const double seconds = std::max(state.seconds, 1e-9);
  std::string text = state.share < 0 ? "" : fmt::format("{:.0f}% ", 100 * state.share);
  text += fmt::format("{} windows, {} windows/s, {:.2f} Mb/s", grouped(state.windows),
                      grouped(std::uint64_t(double(state.windows) / seconds)), double(state.bases) / seconds * 1e-6);
  if (state.share > 0)
    text += fmt::format(", {} left", clock_text(seconds * (1 - state.share) / state.share));
  else
    text += fmt::format(", {} so far", clock_text(seconds));
  return text;
}

std::string progress_bar(const ScanState& state, int width) {
  constexpr int kMostCells = 20, kLeastCells = 5;
  const std::string text = progress_text(state);
  const int room = width - 1;  // a full line would make some terminals wrap
  const int cells = std::min(kMostCells, room - int(text.size()) - 3);
  std::string bar;
  if (state.share >= 0 && cells >= kLeastCells) {
    const int full = std::clamp(int(state.share * cells), 0, cells);
    bar = fmt::format("[{:=<{}}{:<{}}] ", "", full, "", cells - full);
  }
  return (bar + text).substr(0, std::size_t(std::max(room, 1)));
}

Progress::Style Progress::style_of_stderr() { return isatty(STDERR_FILENO) ? Style::bar : Style::lines; }

void Progress::update(const ScanState& state) {
  if (style_ == Style::none) return;
  const auto now = Clock::now();
  const auto pause = style_ == Style::bar ? std::chrono::milliseconds(200) : std::chrono::seconds(30);
  if (now - shown_ < pause) return;
  shown_ = now;
  if (style_ == Style::lines) return spdlog::info("{}", progress_text(state));
  fmt::print(stderr, "\r\x1b[K{}", progress_bar(state, terminal_width()));
  std::fflush(stderr);
  drawn_ = true;
}

void Progress::clear() {
  if (!drawn_) return;
  fmt::print(stderr, "\r\x1b[K");
  std::fflush(stderr);
  drawn_ = false;
}

}  // namespace iresweep::cli
