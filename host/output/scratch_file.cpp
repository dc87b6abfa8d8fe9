#include "host/output/scratch_file.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <filesystem>
#include <utility>

#include "host/output/output_file.h"

namespace iresweep {
namespace {

namespace fs = std::filesystem;

std::string folder_for(const std::string& output) {
  std::error_code none;
  if (!output.empty() && output != "-" && !fs::is_other(output, none)) {
    const fs::path folder = fs::path(follow_links(output)).parent_path();
    return folder.empty() ? "." : folder.string();
  }
  const char* chosen = std::getenv("TMPDIR");
  return chosen && *chosen ? chosen : "/tmp";
}

int open_unnamed(const std::string& folder) {
  const int unnamed = ::open(folder.c_str(), O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
  if (unnamed >= 0 || (errno != EOPNOTSUPP && errno != EISDIR)) return unnamed;
  // Some network file systems know no file without a name: it loses its own at once.
  std::string name = folder + "/.iresweep.XXXXXX";
  const int named = ::mkostemp(name.data(), O_CLOEXEC);
  if (named >= 0) ::unlink(name.c_str());
  return named;
}

}  // namespace

ScratchFile::ScratchFile(std::string output) : output_(std::move(output)) {
  descriptor_ = open_unnamed(folder_for(output_));
  if (descriptor_ < 0) throw_output_error(output_, "make a scratch file for it", errno);
}

std::string ScratchFile::path() const { return "/proc/self/fd/" + std::to_string(descriptor_); }

ScratchFile::~ScratchFile() { ::close(descriptor_); }

void ScratchFile::append(std::span<const std::byte> bytes) {
  while (!bytes.empty()) {
    const ssize_t written = ::pwrite(descriptor_, bytes.data(), bytes.size(), off_t(size_));
    if (written < 0 && errno != EINTR) throw_output_error(output_, "write a scratch file for it", errno);
    if (written <= 0) continue;
    size_ += std::uint64_t(written);
    bytes = bytes.subspan(std::size_t(written));
  }
}

void ScratchFile::read(std::uint64_t offset, std::span<std::byte> bytes) const {
  while (!bytes.empty()) {
    const ssize_t got = ::pread(descriptor_, bytes.data(), bytes.size(), off_t(offset));
    if (got == 0 || (got < 0 && errno != EINTR))
      throw_output_error(output_, "read back a scratch file for it", got == 0 ? EIO : errno);
    if (got < 0) continue;
    offset += std::uint64_t(got);
    bytes = bytes.subspan(std::size_t(got));
  }
}

}  // namespace iresweep
