#include "tests/fuzz/fuzz.h"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <utility>

#include "host/input/text_reader.h"
#include "iresweep/error.h"
#include "tests/support/shared_data.h"
#include "tests/support/temporary_folder.h"

namespace iresweep::fuzz {
namespace {

constexpr std::size_t kSeedBytes = 3000;

const test::TemporaryFolder& folder() {
  static const test::TemporaryFolder folder;
  return folder;
}

// An empty one for what is damaged: the harness has seeds of that kind itself.
std::string beginning_of(const std::filesystem::path& path) try {
  TextReader reader(path.string(), 1);
  std::string text(reader.next_block().substr(0, kSeedBytes));
  return text.substr(0, text.rfind('\n') + 1);
} catch (const Error&) {
  return "";
}

// What a user would see of it is one line that says something.
void check_words(const Error& error) {
  hold(!error.what_failed.empty(), "an error says what is wrong");
  hold(error.what_failed.find('\n') == std::string::npos, "an error is one line");
}

}  // namespace

std::uint8_t Input::byte() {
  if (bytes_.empty()) return 0;
  const auto value = std::uint8_t(bytes_.front());
  bytes_.remove_prefix(1);
  return value;
}

std::uint32_t Input::number() {
  std::uint32_t value = 0;
  for (int shift = 0; shift < 32; shift += 8) value |= std::uint32_t(byte()) << shift;
  return value;
}

std::string_view Input::text() {
  const std::size_t low = byte(), size = low | std::size_t(byte()) << 8;
  const std::string_view taken = bytes_.substr(0, size);
  bytes_.remove_prefix(taken.size());
  return taken;
}

std::string_view Input::rest() {
  const std::string_view taken = bytes_;
  bytes_ = {};
  return taken;
}

std::string as_number(std::uint32_t number) {
  std::string bytes;
  for (int shift = 0; shift < 32; shift += 8) bytes.push_back(char(number >> shift & 0xff));
  return bytes;
}

std::string as_text(std::string_view text) { return as_number(std::uint32_t(text.size())).substr(0, 2).append(text); }

std::string write_file(const std::string& name, std::string_view bytes) { return folder().write(name, bytes); }

const std::string& genome() {
  static const std::string path = [] {
    std::string text;
    for (const auto& [name, lines] : {std::pair{"c", 50}, std::pair{"chr22", 30}}) {
      text.append(">").append(name).append("\n");
      for (int line = 0; line < lines; ++line) text.append(100, "ACGT"[line % 4]).append("\n");
    }
    return write_file("genome.fa", text);
  }();
  return path;
}

void hold_spliced(SequenceSource& source) {
  std::int64_t bases = 0;
  while (const auto piece = source.next()) {
    bases += std::int64_t(piece->codes.size());
    if (!piece->last) continue;
    const Record& record = *piece->record;
    const std::int64_t size = record.map->size();
    hold(std::exchange(bases, 0) == size, "a record has as many bases as its blocks");
    if (record.feature)
      hold(0 <= record.feature->start && record.feature->start < record.feature->end && record.feature->end <= size,
           "a feature lies in its record");
    for (std::int64_t start = 0; start < size; start += 50) {
      const Interval window{start, std::min(start + 174, size)};
      std::int64_t placed = 0;
      for (const Interval& block : record.map->project(window)) placed += block.size();
      hold(placed == window.size(), "every base of a window has its place");
    }
  }
}

void hold(bool promise, const char* what) {
  if (promise) return;
  std::fprintf(stderr, "broken promise: %s\n", what);
  std::abort();
}

std::vector<std::string> shared_seeds(const std::string& folder, const std::vector<std::string>& endings,
                                      const std::string& before) {
  std::vector<std::string> seeds;
  const auto place = test::shared_file(folder);
  if (!place) return seeds;
  for (const auto& entry : std::filesystem::directory_iterator(*place)) {
    const std::string name = entry.path().filename().string();
    const bool wanted =
        std::any_of(endings.begin(), endings.end(), [&](const std::string& ending) { return name.ends_with(ending); });
    if (wanted && entry.is_regular_file()) seeds.push_back(before + beginning_of(entry.path()));
  }
  return seeds;
}

}  // namespace iresweep::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size);
extern "C" int LLVMFuzzerInitialize(int* count, char*** arguments);

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  using namespace iresweep;
  try {
    fuzz::run(fuzz::Input({reinterpret_cast<const char*>(bytes), size}));
  } catch (const Error& error) {
    fuzz::check_words(error);
  }
  return 0;
}

// HARNESS --seeds FOLDER writes the seeds and ends.
extern "C" int LLVMFuzzerInitialize(int* count, char*** arguments) {
  if (*count != 3 || std::string_view((*arguments)[1]) != "--seeds") return 0;
  const std::filesystem::path folder = (*arguments)[2];
  int number = 0;
  for (const std::string& seed : iresweep::fuzz::seeds())
    std::ofstream(folder / ("seed" + std::to_string(number++)), std::ios::binary) << seed;
  std::exit(0);
}
