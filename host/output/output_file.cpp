#include "host/output/output_file.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <htslib/bgzf.h>
#include <htslib/hts_log.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <utility>

namespace iresweep {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kBufferBytes = 1 << 16;
constexpr std::size_t kLongestNamePart = 200;  // file systems take 255 bytes; the rest is for the number
constexpr int kMostLinks = 40, kMostTrials = 1000;

fs::path folder_of(const fs::path& path) { return path.has_parent_path() ? path.parent_path() : fs::path("."); }

std::string hint_for(const std::string& path, int error) {
  const std::string folder = folder_of(path).string();
  switch (error) {
    case ENOSPC:
    case EDQUOT:
      return "make room on the disk, or name another place with --output";
    case EACCES:
    case EPERM:
    case EROFS:
      return fmt::format("name a file in a folder that you may write to, or get leave to write to '{}'", folder);
    case ENOENT:
      return fmt::format("make the folder first: mkdir -p '{}'", folder);
    case ENOTDIR:
      return fmt::format("'{}' is no folder: name another", folder);
    case EISDIR:
      return "it is a folder: name a file in it";
    default:
      return "see that the disk is sound and mounted, or name another place with --output";
  }
}

}  // namespace

// Unlike realpath() it does not mind that the last name is new. A circle of links ends in opening it, which then fails.
std::string follow_links(const std::string& path) {
  std::error_code none;
  fs::path target = path;
  for (int i = 0; i < kMostLinks && fs::is_symlink(target, none); ++i)
    target = target.parent_path() / fs::read_symlink(target);
  return target.string();
}

void throw_output_error(const std::string& path, const char* action, int error) {
  const std::string fault = fmt::format("cannot {}: {}", action, std::strerror(error));
  if (error == EPIPE) throw ClosedPipe(fault, path, "the program that reads the output has ended");
  throw Error(fault, path, hint_for(path, error));
}

OutputFile::OutputFile(std::string path, Packing packing) : path_(std::move(path)) {
  struct stat facts {};
  if (path_.empty() || path_ == "-") {
    path_ = written_path_ = "standard output";
    // A duplicate: its close tells of late faults as the last one would, and standard output stays usable.
    descriptor_ = ::fcntl(STDOUT_FILENO, F_DUPFD_CLOEXEC, 0);
  } else if (::stat(path_.c_str(), &facts) == 0 && !S_ISREG(facts.st_mode)) {
    written_path_ = path_;
    descriptor_ = ::open(path_.c_str(), O_WRONLY | O_CLOEXEC);
  } else {
    open_beside();
  }
  if (descriptor_ < 0) fail("open", errno);
  if (packing == Packing::bgzip) open_bgzf();
}

OutputFile::~OutputFile() { abandon(); }

void OutputFile::abandon() {
  if (bgzf_) bgzf_close(bgzf_);
  if (descriptor_ >= 0) ::close(descriptor_);
  if (renames_) ::unlink(written_path_.c_str());
}

void OutputFile::open_bgzf() {
  hts_set_log_level(HTS_LOG_OFF);  // what HTSlib finds ends in our errors, not on standard error
  const int duplicate = ::fcntl(descriptor_, F_DUPFD_CLOEXEC, 0);  // so that the file can be synced after bgzf_close
  bgzf_ = duplicate < 0 ? nullptr : bgzf_dopen(duplicate, "w");
  if (bgzf_) return;
  const int error = errno;
  if (duplicate >= 0) ::close(duplicate);
  abandon();  // the destructor does not run after a constructor that throws
  fail("open", error);
}

// Leaves descriptor_ below 0 and errno set where it cannot.
void OutputFile::open_beside() {
  target_ = follow_links(path_);
  const fs::path target = target_;
  // A rename would replace a file that its owner has protected.
  if (::faccessat(AT_FDCWD, target_.c_str(), W_OK, AT_EACCESS) != 0 && errno != ENOENT) return;
  // In containers every run may have the same process number: a name left by a killed one is passed over.
  for (int trial = 0; trial < kMostTrials; ++trial) {
    const std::string name = fmt::format(".{}.{}{}.tmp", target.filename().string().substr(0, kLongestNamePart),
                                         ::getpid(), trial ? fmt::format(".{}", trial) : "");
    written_path_ = (folder_of(target) / name).string();
    descriptor_ = ::open(written_path_.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
    renames_ = descriptor_ >= 0;
    if (renames_ || errno != EEXIST) return;
  }
}

void OutputFile::write(std::string_view text) {
  if (bgzf_) {
    errno = 0;
    if (bgzf_write(bgzf_, text.data(), text.size()) != ssize_t(text.size())) fail("write", errno ? errno : EIO);
    return;
  }
  buffer_ += text;
  if (buffer_.size() >= kBufferBytes) flush();
}

void OutputFile::flush() {
  for (std::size_t done = 0; done < buffer_.size();) {
    const ssize_t written = ::write(descriptor_, buffer_.data() + done, buffer_.size() - done);
    if (written < 0 && errno != EINTR) {
      const int error = errno;
      buffer_.clear();
      fail("write", error);
    }
    if (written > 0) done += std::size_t(written);
  }
  buffer_.clear();
}

void OutputFile::close() {
  if (descriptor_ < 0) return;
  errno = 0;
  if (bgzf_ && bgzf_close(std::exchange(bgzf_, nullptr)) != 0) fail("write", errno ? errno : EIO);
  flush();
  if (renames_ && ::fsync(descriptor_) != 0) fail("write", errno);
  if (::close(std::exchange(descriptor_, -1)) != 0) fail("close", errno);
}

void OutputFile::commit() {
  close();
  if (!renames_) return;
  if (::rename(written_path_.c_str(), target_.c_str()) != 0) fail("rename the finished file to", errno);
  renames_ = false;
}

void OutputFile::fail(const char* action, int error) const { throw_output_error(path_, action, error); }

}  // namespace iresweep
