#include "tools/process.h"

#include <fcntl.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <utility>

#include "tools/cli.h"

namespace iresweep::cli {

void begin_process() {
  std::signal(SIGXFSZ, SIG_IGN);
  constexpr std::array kModes = {std::pair(STDIN_FILENO, O_WRONLY), std::pair(STDOUT_FILENO, O_RDONLY),
                                 std::pair(STDERR_FILENO, O_RDWR)};
  // Ascending, so that the lowest free number, which open() gives, is the one that is wanted.
  for (const auto& [descriptor, mode] : kModes)
    if (::fcntl(descriptor, F_GETFD) < 0 && errno == EBADF && ::open("/dev/null", mode) != descriptor) ::_exit(kFailed);
}

Error told(const std::system_error& fault) {
  if (fault.code() == std::errc::resource_unavailable_try_again)
    return {std::string("cannot start a thread: ") + fault.code().message(), "--threads",
            "give fewer, or raise the limits on memory (ulimit -v) and processes (ulimit -u)"};
  return {fault.what(), "", ""};
}

}  // namespace iresweep::cli
