#include "host/journal/journal_reader.h"

#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <string_view>

#include "host/journal/journal_format.h"
#include "iresweep/error.h"

namespace iresweep {
namespace {

[[noreturn]] void fail_reading(const std::string& path, int error) {
  throw Error(fmt::format("cannot read the journal: {}", std::strerror(error)), path,
              "see that the disk is sound and mounted, or remove the file and begin anew");
}

// How many bytes there were: fewer than asked for at the end of the file.
std::size_t read_at(int descriptor, const std::string& path, std::uint64_t offset, std::span<std::byte> bytes) {
  std::size_t done = 0;
  while (done < bytes.size()) {
    const ssize_t got = ::pread(descriptor, bytes.data() + done, bytes.size() - done, off_t(offset + done));
    if (got < 0 && errno != EINTR) fail_reading(path, errno);
    if (got == 0) break;
    if (got > 0) done += std::size_t(got);
  }
  return done;
}

/// Frame after frame.
class FrameReader {
 public:
  FrameReader(int descriptor, const std::string& path) : descriptor_(descriptor), path_(path) {
    struct stat facts {};
    if (::fstat(descriptor, &facts) != 0) fail_reading(path, errno);
    size_ = std::uint64_t(facts.st_size);
  }

  /// False where the first line is another one. Cut within it, a file has no frames.
  bool begin() {
    std::string line(kJournalMagic.size(), '\0');
    line.resize(read_at(descriptor_, path_, 0, std::as_writable_bytes(std::span(line))));
    offset_ = line.size();
    return kJournalMagic.starts_with(line);
  }

  /// False at the end, or where no whole frame follows. A size that is not true is found before memory is asked for.
  bool next() {
    if (read_at(descriptor_, path_, offset_, std::as_writable_bytes(std::span(&head_, 1))) != sizeof head_)
      return false;
    if (head_.bytes > size_ - std::min(size_, offset_ + sizeof head_)) return false;
    payload_.resize(head_.bytes);
    if (read_at(descriptor_, path_, offset_ + sizeof head_, payload_) != payload_.size()) return false;
    if (head_.checksum != frame_checksum(head_, payload_)) return false;
    offset_ += sizeof head_ + head_.bytes;
    return true;
  }

  const FrameHead& head() const { return head_; }
  std::string_view payload() const { return {reinterpret_cast<const char*>(payload_.data()), payload_.size()}; }
  std::uint64_t end() const { return offset_; }
  std::uint64_t size() const { return size_; }

 private:
  const int descriptor_;
  const std::string& path_;
  std::uint64_t size_ = 0, offset_ = 0;
  FrameHead head_;
  std::vector<std::byte> payload_;
};

// False when the frame does not follow those before it.
bool add_run(JournalContents& contents, const FrameReader& frame) {
  const FrameHead& head = frame.head();
  if (head.kind != FrameKind::plus && head.kind != FrameKind::minus) return false;
  auto& runs = contents.scored[head.kind == FrameKind::plus ? 0 : 1];
  const std::uint64_t count = head.bytes / sizeof(float);
  if (count == 0 || head.bytes % sizeof(float) != 0 || head.first + count < head.first) return false;
  if (!runs.empty() && head.first != runs.back().first + runs.back().count) return false;
  runs.push_back({head.first, count, head.digest, frame.end() - head.bytes});
  return true;
}

}  // namespace

std::uint64_t JournalContents::windows() const {
  std::uint64_t windows = 0;
  for (const auto& runs : scored)
    if (!runs.empty()) windows += runs.back().first + runs.back().count - runs.front().first;
  return windows;
}

JournalContents read_journal(int descriptor, const std::string& path) {
  JournalContents contents;
  FrameReader frame(descriptor, path);
  contents.size = frame.size();
  contents.other_kind = !frame.begin();
  if (contents.other_kind || !frame.next() || frame.head().kind != FrameKind::facts) return contents;
  contents.facts = unpacked_facts(frame.payload());
  if (!contents.facts) return contents;
  do contents.end = frame.end();
  while (frame.next() && add_run(contents, frame));
  return contents;
}

void read_logits(int descriptor, const std::string& path, const ScoredRun& run, std::span<float> logits) {
  FrameHead head;
  const auto bytes = std::as_writable_bytes(logits);
  const bool whole =
      read_at(descriptor, path, run.offset - sizeof head, std::as_writable_bytes(std::span(&head, 1))) == sizeof head &&
      read_at(descriptor, path, run.offset, bytes) == bytes.size();
  if (!whole || head.first != run.first || head.digest != run.digest || head.checksum != frame_checksum(head, bytes))
    throw Error("the scores were changed while they were read", path, "begin again when nothing writes to the file");
}

}  // namespace iresweep
