// How far a scan is, on standard error.
#pragma once
#include <chrono>
#include <cstdint>
#include <string>

namespace iresweep::cli {

struct ScanState {
  double seconds = 0;         ///< since the scan began
  std::uint64_t windows = 0;  ///< scored
  std::uint64_t bases = 0;    ///< read
  double share = -1;          ///< of the input's bytes, 0..1; negative when the size of the input is unknown
};

/// "43% 1,234,500 windows, 153,000 windows/s, 7.65 Mb/s, 0:12 left"
std::string progress_text(const ScanState& state);

/// The same behind a bar, cut to `width` columns.
std::string progress_bar(const ScanState& state, int width);

/// Draws a bar five times a second on a terminal; elsewhere writes a line every 30 s. Not for several threads.
class Progress {
 public:
  enum class Style { none, lines, bar };
  /// The style that suits standard error.
  static Style style_of_stderr();

  explicit Progress(Style style) : style_(style) {}
  ~Progress() { clear(); }
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;

  void update(const ScanState& state);
  /// Wipes the bar, so that other lines can follow.
  void clear();

 private:
  using Clock = std::chrono::steady_clock;
  const Style style_;
  Clock::time_point shown_ = Clock::now();
  bool drawn_ = false;
};

}  // namespace iresweep::cli
