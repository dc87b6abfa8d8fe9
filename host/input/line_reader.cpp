#include "host/input/line_reader.h"

#include <fmt/format.h>

#include <iterator>
#include <utility>

#include "iresweep/error.h"

namespace iresweep {
namespace {

// A line without end would otherwise fill the memory.
constexpr std::size_t kLongestLine = 16 << 20;

}  // namespace

LineReader::LineReader(const std::string& path) : path_(path), name_(display_name(path)), reader_(path, 1) {}

std::optional<std::string_view> LineReader::next() {
  held_.clear();
  if (!back_.empty()) {
    held_ = std::move(back_.front());
    back_.pop_front();
    ++line_;
    return held_;
  }
  while (true) {
    const std::size_t end = text_.find('\n');
    std::string_view line = text_.substr(0, end);
    if (end == text_.npos || !held_.empty()) held_.append(line);
    if (held_.size() > kLongestLine)
      throw Error("a line does not end within 16 MiB", place(), "check that this is the file you mean");
    if (end != text_.npos) {
      text_.remove_prefix(end + 1);
      if (!held_.empty()) line = held_;
      return finished(line);
    }
    text_ = reader_.next_block();
    if (text_.empty()) break;
  }
  if (held_.empty()) return std::nullopt;
  return finished(held_);
}

// Counted, without the rest of its end, and without the mark that Windows programs put before UTF-8.
std::string_view LineReader::finished(std::string_view line) {
  if (++line_ == 1 && line.starts_with("\xef\xbb\xbf")) line.remove_prefix(3);
  if (line.ends_with('\r')) line.remove_suffix(1);
  return line;
}

void LineReader::give_back(std::vector<std::string> lines) {
  line_ -= lines.size();
  back_.insert(back_.begin(), std::make_move_iterator(lines.begin()), std::make_move_iterator(lines.end()));
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
