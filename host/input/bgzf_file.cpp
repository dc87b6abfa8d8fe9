#include "host/input/bgzf_file.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <htslib/bgzf.h>
#include <htslib/hfile.h>
#include <htslib/hts_log.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>

#include "iresweep/error.h"

namespace iresweep {
namespace {

[[noreturn]] void fail_opening(const std::string& name, int error) {
  const char* hint = error == ENOENT   ? "check the spelling of the path"
                     : error == EACCES ? "check the permissions of the file and of the folders above it"
                     : error == EISDIR ? "name the files in it"
                                       : "";
  throw Error(fmt::format("cannot open the file: {}", std::generic_category().message(error)), name, hint);
}

// By descriptor and not by name: HTSlib would take a name such as "http://..." or "data:..." for an address.
int open_descriptor(const std::string& path) {
  const int descriptor = path == "-" ? dup(STDIN_FILENO) : open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (descriptor < 0) fail_opening(display_name(path), errno);
  return descriptor;
}

}  // namespace

void CloseBgzf::operator()(BGZF* file) const { bgzf_close(file); }

BgzfFile open_bgzf(const std::string& path) {
  hts_set_log_level(HTS_LOG_OFF);
  const int descriptor = open_descriptor(path);
  hFILE* stream = hdopen(descriptor, "r");
  if (!stream) {
    const int error = errno;
    close(descriptor);
    fail_opening(display_name(path), error);
  }
  errno = 0;
  BgzfFile file(bgzf_hopen(stream, "r"));
  if (!file) {
    const int error = errno;
    hclose_abruptly(stream);
    throw Error(fmt::format("cannot read the file: {}", std::generic_category().message(error)), display_name(path),
                "");
  }
  return file;
}

Compression compression(const BgzfFile& file) {
  const int kind = bgzf_compression(file.get());
  return kind == 0 ? Compression::none : kind == 1 ? Compression::gzip : Compression::bgzip;
}

std::string display_name(const std::string& path) { return path == "-" ? "standard input" : path; }

std::uint64_t check_readable(const std::string& path) {
  struct stat facts {};
  if (path == "-") return fstat(STDIN_FILENO, &facts) == 0 && S_ISREG(facts.st_mode) ? std::uint64_t(facts.st_size) : 0;
  if (stat(path.c_str(), &facts) != 0) fail_opening(path, errno);
  if (S_ISDIR(facts.st_mode)) fail_opening(path, EISDIR);
  if (access(path.c_str(), R_OK) != 0) fail_opening(path, errno);
  return S_ISREG(facts.st_mode) ? std::uint64_t(facts.st_size) : 0;
}

}  // namespace iresweep
