// A journal: any file, or frames with sound checksums, or those behind the facts of a part. What is believed lies in
// the file, follows each other, and can be read.
#include <fcntl.h>
#include <unistd.h>

#include <span>
#include <utility>

#include "host/journal/journal_format.h"
#include "host/journal/parts.h"
#include "tests/fuzz/fuzz.h"

namespace iresweep::fuzz {
namespace {

enum Form : std::uint8_t { kFile, kFrames, kPart };

std::span<const std::byte> bytes_of(std::string_view text) { return std::as_bytes(std::span(text)); }

std::string frames(Input& input) {
  std::string file;
  while (!input.empty()) {
    FrameHead head;
    head.kind = FrameKind(input.byte() % 4);
    head.first = input.number();
    head.first |= std::uint64_t(input.byte()) << 56;
    head.digest = input.number();
    file += packed_frame(head, bytes_of(input.text()));
  }
  return file;
}

std::string file_of(Input& input) {
  const auto form = Form(input.byte() % 3);
  if (form == kFile) return std::string(input.rest());
  std::string file(kJournalMagic);
  if (form == kPart) {
    RunFacts facts;
    facts[kShardFact] = input.text();
    facts[kWindowsFact] = input.text();
    file += packed_frame({}, bytes_of(packed_facts(facts)));
  }
  return file + frames(input);
}

JournalContents read(const std::string& path) {
  const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  hold(descriptor >= 0, "the file opens");
  JournalContents contents = read_journal(descriptor, path);
  ::close(descriptor);
  return contents;
}

void check(const JournalContents& contents, std::size_t size) {
  hold(contents.end <= size, "what counts lies in the file");
  hold(contents.facts || contents.end == 0, "without facts nothing counts");
  std::uint64_t windows = 0;
  for (const auto& runs : contents.scored)
    for (std::size_t i = 0; i < runs.size(); ++i) {
      hold(runs[i].count > 0 && runs[i].offset + runs[i].count * sizeof(float) <= contents.end, "a run is whole");
      hold(i == 0 || runs[i].first == runs[i - 1].first + runs[i - 1].count, "runs follow each other");
      windows += runs[i].count;
    }
  hold(contents.windows() == windows, "windows are counted");
}

}  // namespace

void run(Input input) {
  const std::string file = file_of(input), path = write_file("x.part", file);
  check(read(path), file.size());
  const Parts parts({path});
  for (const Scores* part : parts.scores())
    for (const auto& runs : part->contents().scored)
      for (const ScoredRun& one : runs) {
        std::vector<float> logits(one.count);
        part->read(one, logits);
      }
}

std::vector<std::string> seeds() {
  const auto frame = [](char kind, std::uint32_t first, std::size_t windows) {
    return std::string(1, kind) + as_number(first) + std::string(1, '\0') + as_number(7) +
           as_text(std::string(windows * sizeof(float), '\1'));
  };
  const std::string facts = packed_facts({{kShardFact, "1/1"}, {kWindowsFact, "3, 1"}, {"--step", "20"}});
  const std::string framed = std::string(1, '\1') + as_number(0) + std::string(1, '\0') + as_number(0) + as_text(facts);
  const std::string scores = frame('\2', 0, 2) + frame('\3', 0, 1) + frame('\2', 2, 1);
  FrameHead head;
  head.kind = FrameKind::plus;
  return {std::string(1, kFrames) + framed + scores, std::string(1, kPart) + as_text("1/1") + as_text("3, 1") + scores,
          std::string(1, kPart) + as_text("2/3") + as_text("9, 0") + frame('\2', 3, 3),
          std::string(1, kFile) + std::string(kJournalMagic) + packed_frame({}, bytes_of(facts)) +
              packed_frame(head, bytes_of("12345678"))};
}

}  // namespace iresweep::fuzz
