#include "host/input/line_reader.h"

#include <fmt/format.h>

#include "iresweep/error.h"

namespace iresweep {
namespace {

// A line without end would otherwise fill the memory.
constexpr std::size_t kLongestLine = 16 << 20;

}  // namespace

LineReader::LineReader(const std::string& path) : path_(path), name_(display_name(path)), reader_(path, 1) {}

std::optional<std::string_view> LineReader::next() {
  held_.clear();
  while (true) {
    const std::size_t end = text_.find('\n');
    std::string_view line = text_.substr(0, end);
    if (end == text_.npos || !held_.empty()) held_.append(line);
    if (held_.size() > kLongestLine)
      throw Error("a line does not end within 16 MiB", place(), "check that this is the file you mean");
    if (end != text_.npos) {
      text_.remove_prefix(end + 1);
      if (!held_.empty()) line = held_;
      ++line_;
      if (line.ends_with('\r')) line.remove_suffix(1);
      return line;
    }
    text_ = reader_.next_block();
    if (text_.empty()) break;
  }
  if (held_.empty()) return std::nullopt;
  ++line_;
  return held_.ends_with('\r') ? std::string_view(held_).substr(0, held_.size() - 1) : std::string_view(held_);
}

void LineReader::skip_rest() {
  while (!reader_.next_block().empty()) continue;
}

std::string LineReader::place() const { return fmt::format("{}, line {}", name_, line_); }

InputFacts LineReader::facts() const {
  InputFacts facts;
  facts.path = path_;
  facts.bytes = reader_.bytes();
  facts.checksum = reader_.checksum();
  facts.file_size = reader_.file_size();
  facts.file_read = reader_.file_read();
  return facts;
}

}  // namespace iresweep
