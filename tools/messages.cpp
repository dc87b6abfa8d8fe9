// What the program says, on either stream.
#include <fmt/format.h>
#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>
#include <string.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstring>

#include "tools/cli.h"

namespace iresweep::cli {

void set_up_log(const std::string& program) {
  auto logger = std::make_shared<spdlog::logger>("iresweep", std::make_shared<spdlog::sinks::stderr_sink_mt>());
  logger->set_pattern(program + ": %v");
  spdlog::set_default_logger(std::move(logger));
}

void set_verbosity(Verbosity verbosity) {
  switch (verbosity) {
    case Verbosity::quiet:
      return spdlog::set_level(spdlog::level::err);
    case Verbosity::normal:
      return spdlog::set_level(spdlog::level::info);
    case Verbosity::verbose:
      return spdlog::set_level(spdlog::level::debug);
  }
}

void tell_error(const Error& error) {
  std::string line = "error: " + error.what_failed;
  if (!error.where.empty()) line += " (" + error.where + ")";
  if (!error.hint.empty()) line += "; " + error.hint;
  // Files may hold any names: none must break the line or steer a terminal.
  std::replace_if(
      line.begin(), line.end(), [](unsigned char c) { return c < ' ' || c == 0x7f; }, ' ');
  spdlog::error("{}", line);
}

void tell_stopped(int signal, const std::string& output, const std::string& go_on) {
  const bool file = output != "-" && !output.empty();
  tell_error({fmt::format("stopped by SIG{}", sigabbrev_np(signal)), file ? output : "standard output",
              (file ? "the file is not written" : "what was written there is incomplete") +
                  (go_on.empty() ? "" : "; to go on: " + go_on)});
}

void print(const std::string& text) {
  if (std::fwrite(text.data(), 1, text.size(), stdout) == text.size() && std::fflush(stdout) == 0) return;
  throw Error(fmt::format("cannot write: {}", std::strerror(errno)), "standard output", "free some space");
}

}  // namespace iresweep::cli
