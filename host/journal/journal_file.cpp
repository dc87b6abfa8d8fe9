#include "host/journal/journal_file.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <filesystem>
#include <utility>

#include "host/journal/journal_format.h"
#include "host/output/output_file.h"
#include "iresweep/error.h"

namespace iresweep {
namespace {

constexpr std::size_t kLongestName = 240;  // file systems take 255 bytes
constexpr std::chrono::seconds kSyncEvery(10);

}  // namespace

std::string journal_path(const std::string& output) {
  const std::filesystem::path target = follow_links(output);
  return (target.parent_path() / (target.filename().string().substr(0, kLongestName) + ".journal")).string();
}

JournalFile::JournalFile(std::string output) : output_(std::move(output)), path_(journal_path(output_)) {
  while (!open_and_lock()) ::close(std::exchange(descriptor_, -1));
  try {
    contents_ = read_journal(descriptor_, path_);
    if (contents_.other_kind)
      throw Error("a file that is no journal of this version stands where the journal belongs", path_,
                  "move it out of the way, or name another output");
  } catch (...) {
    ::close(descriptor_);
    throw;
  }
  holds_scores_ = contents_.windows() > 0;
}

JournalFile::~JournalFile() {
  if (descriptor_ < 0) return;
  if (!holds_scores_) ::unlink(path_.c_str());
  ::close(descriptor_);
}

// False when the run that held it removed it meanwhile: what is locked then has no name any more.
bool JournalFile::open_and_lock() {
  descriptor_ = ::open(path_.c_str(), O_RDWR | O_CLOEXEC);
  was_there_ = descriptor_ >= 0;
  if (!was_there_ && errno == ENOENT) descriptor_ = ::open(path_.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0666);
  if (descriptor_ < 0 && errno == EISDIR)
    throw Error("a folder stands where the journal belongs", path_, "move it out of the way, or name another output");
  if (descriptor_ < 0) fail("open a journal beside it", errno);
  if (::flock(descriptor_, LOCK_EX | LOCK_NB) != 0 && errno == EWOULDBLOCK) {
    ::close(std::exchange(descriptor_, -1));
    throw Error("another run is writing this output", output_,
                fmt::format("wait for it to end, or name another output (it holds '{}')", path_));
  }
  struct stat opened {
  }, named{};
  return ::fstat(descriptor_, &opened) == 0 && ::stat(path_.c_str(), &named) == 0 && opened.st_dev == named.st_dev &&
         opened.st_ino == named.st_ino;
}

void JournalFile::begin(const RunFacts& facts) {
  contents_ = {};
  holds_scores_ = false;
  cut(0);
  const std::string payload = packed_facts(facts);
  write(std::string(kJournalMagic) + packed_frame({}, std::as_bytes(std::span(payload))));
}

void JournalFile::go_on() { cut(contents_.end); }

void JournalFile::append(Strand strand, std::uint64_t first, std::uint64_t digest, std::span<const float> logits) {
  FrameHead head;
  head.kind = strand == Strand::plus ? FrameKind::plus : FrameKind::minus;
  head.first = first;
  head.digest = digest;
  write(packed_frame(head, std::as_bytes(logits)));
  holds_scores_ = true;
  const auto now = std::chrono::steady_clock::now();
  if (now - synced_ < kSyncEvery) return;
  if (::fdatasync(descriptor_) != 0) fail("write its journal", errno);
  synced_ = now;
}

void JournalFile::read(const ScoredRun& run, std::span<float> logits) const {
  read_logits(descriptor_, path_, run, logits);
}

void JournalFile::remove() {
  if (::unlink(path_.c_str()) != 0 && errno != ENOENT) fail("remove its journal", errno);
  ::close(std::exchange(descriptor_, -1));
}

void JournalFile::become_output() {
  if (::fsync(descriptor_) != 0) fail("write its journal", errno);
  if (::rename(path_.c_str(), follow_links(output_).c_str()) != 0) fail("rename the finished journal to", errno);
  ::close(std::exchange(descriptor_, -1));
}

void JournalFile::cut(std::uint64_t size) {
  if (::ftruncate(descriptor_, off_t(size)) != 0) fail("write its journal", errno);
  size_ = size;
}

void JournalFile::write(std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t written = ::pwrite(descriptor_, bytes.data(), bytes.size(), off_t(size_));
    if (written < 0 && errno != EINTR) fail("write its journal", errno);
    if (written <= 0) continue;
    size_ += std::uint64_t(written);
    bytes.remove_prefix(std::size_t(written));
  }
}

void JournalFile::fail(const char* action, int error) const { throw_output_error(output_, action, error); }

}  // namespace iresweep
