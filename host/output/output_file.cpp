#include "host/output/output_file.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <htslib/bgzf.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <utility>
#include <vector>

namespace iresweep {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kLongestNamePart = 200;  // file systems take 255 bytes; the rest is for the number
constexpr std::string_view kTemporary = ".tmp";
constexpr int kDefaultLevel = -1;
constexpr int kMostLinks = 40, kMostTrials = 1000;

fs::path folder_of(const fs::path& path) { return path.has_parent_path() ? path.parent_path() : fs::path("."); }

// What a temporary name begins with; the process's number and kTemporary follow.
std::string temporary_stem(const fs::path& target) {
  return fmt::format(".{}.", target.filename().string().substr(0, kLongestNamePart));
}

std::string hint_for(const std::string& path, int error) {
  const std::string folder = folder_of(path).string();
  switch (error) {
    case ENOSPC:
    case EDQUOT:
      return "make room on the disk, or name another place for it";
    case EFBIG:
      return "raise the limit on the size of files (ulimit -f), or take a file system without one";
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
      return "see that the disk is sound and mounted, or name another place for it";
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

bool written_directly(const std::string& path) {
  struct stat facts {};
  return path.empty() || path == "-" || (::stat(path.c_str(), &facts) == 0 && !S_ISREG(facts.st_mode));
}

void remove_leftovers(const std::string& path) {
  const fs::path target = follow_links(path);
  const std::string stem = temporary_stem(target);
  std::vector<fs::path> left;
  std::error_code none;
  for (fs::directory_iterator entry(folder_of(target), none), end; !none && entry != end; entry.increment(none)) {
    std::string name = entry->path().filename().string();
    if (!name.starts_with(stem)) continue;
    name.erase(0, stem.size());
    if (!name.ends_with(kTemporary)) continue;
    name.resize(name.size() - kTemporary.size());
    if (name.find_first_not_of("0123456789.") == std::string::npos) left.push_back(entry->path());
  }
  for (const fs::path& one : left) fs::remove(one, none);
}

bool sync_to_disk(const std::string& path) {
  const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (descriptor < 0) return false;
  const bool synced = ::fsync(descriptor) == 0;
  return ::close(descriptor) == 0 && synced;
}

void throw_output_error(const std::string& path, const char* action, int error) {
  const std::string fault = fmt::format("cannot {}: {}", action, std::strerror(error));
  if (error == EPIPE) throw ClosedPipe(fault, path, "the program that reads the output has ended");
  throw Error(fault, path, hint_for(path, error));
}

OutputFile::OutputFile(std::string path, Packing packing) : path_(std::move(path)), packing_(packing) {
  if (path_.empty() || path_ == "-") {
    path_ = written_path_ = "standard output";
    // A duplicate: its close tells of late faults as the last one would, and standard output stays usable.
    descriptor_ = ::fcntl(STDOUT_FILENO, F_DUPFD_CLOEXEC, 0);
  } else if (written_directly(path_)) {
    written_path_ = path_;
    descriptor_ = ::open(path_.c_str(), O_WRONLY | O_CLOEXEC);
  } else {
    open_beside();
  }
  if (descriptor_ < 0) fail("open", errno);
}

OutputFile::~OutputFile() {
  if (descriptor_ >= 0) ::close(descriptor_);
  if (renames_) ::unlink(written_path_.c_str());
}

// Leaves descriptor_ below 0 and errno set where it cannot.
void OutputFile::open_beside() {
  target_ = follow_links(path_);
  const fs::path target = target_;
  // A rename would replace a file that its owner has protected.
  if (::faccessat(AT_FDCWD, target_.c_str(), W_OK, AT_EACCESS) != 0 && errno != ENOENT) return;
  // In containers every run may have the same process number: a name left by a killed one is passed over.
  for (int trial = 0; trial < kMostTrials; ++trial) {
    const std::string name =
        fmt::format("{}{}{}{}", temporary_stem(target), ::getpid(), trial ? fmt::format(".{}", trial) : "", kTemporary);
    written_path_ = (folder_of(target) / name).string();
    descriptor_ = ::open(written_path_.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
    renames_ = descriptor_ >= 0;
    if (renames_ || errno != EEXIST) return;
  }
}

void OutputFile::write(std::string_view text) {
  buffer_ += text;
  if (buffer_.size() >= BGZF_BLOCK_SIZE) put_blocks(false);
}

// Blocks of one size, whatever the calls: their packed bytes depend on the text only.
void OutputFile::put_blocks(bool all) {
  const std::string text = std::exchange(buffer_, {});
  std::size_t done = 0;
  while (text.size() - done >= BGZF_BLOCK_SIZE || (all && done < text.size())) {
    const auto block = std::string_view(text).substr(done, BGZF_BLOCK_SIZE);
    put(block);
    done += block.size();
  }
  buffer_ = text.substr(done);
}

// A whole block, packed where the file is; an empty one is bgzip's end-of-file block.
void OutputFile::put(std::string_view bytes) {
  std::array<char, BGZF_MAX_BLOCK_SIZE> packed;
  if (packing_ == Packing::bgzip) {
    std::size_t size = packed.size();
    if (bgzf_compress(packed.data(), &size, bytes.data(), bytes.size(), kDefaultLevel) != 0) fail("compress", ENOMEM);
    bytes = {packed.data(), size};
  }
  while (!bytes.empty()) {
    const ssize_t written = ::write(descriptor_, bytes.data(), bytes.size());
    if (written < 0 && errno != EINTR) fail("write", errno);
    if (written > 0) bytes.remove_prefix(std::size_t(written));
  }
}

void OutputFile::close() {
  if (descriptor_ < 0) return;
  put_blocks(true);
  if (packing_ == Packing::bgzip) put({});
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
