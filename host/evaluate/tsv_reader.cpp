#include "host/evaluate/tsv_reader.h"

#include <fmt/format.h>

#include <algorithm>

#include "host/input/fasta_faults.h"
#include "iresweep/error.h"

namespace iresweep {
namespace {

template <class Text>
void split(std::string_view line, std::vector<Text>& cells) {
  cells.clear();
  for (std::size_t from = 0; from <= line.size();) {
    const std::size_t tab = std::min(line.find('\t', from), line.size());
    cells.emplace_back(line.substr(from, tab - from));
    from = tab + 1;
  }
}

}  // namespace

TsvReader::TsvReader(const std::string& path) : path_(path), reader_(path, 1) {
  if (!read_line())
    throw Error("the table is empty", display_name(path_), "its first line must name the columns, separated by tabs");
  constexpr std::string_view kByteOrderMark = "\xef\xbb\xbf";
  split(line_.starts_with(kByteOrderMark) ? std::string_view(line_).substr(kByteOrderMark.size()) : line_, header_);
}

bool TsvReader::has(const std::string& name) const { return std::ranges::count(header_, name) > 0; }

std::size_t TsvReader::column(const std::string& name) const {
  const auto count = std::ranges::count(header_, name);
  if (count == 1) return std::size_t(std::ranges::find(header_, name) - header_.begin());
  if (count > 1)
    throw Error(fmt::format("{} columns are called {}", count, in_quotes(name)), display_name(path_),
                "rename all but one");
  std::string known;
  for (const std::string& column : header_) known += (known.empty() ? "" : ", ") + in_quotes(column);
  throw Error(fmt::format("the table has no column {}", in_quotes(name)), display_name(path_),
              fmt::format("its first line names {}; say which column is meant (see --help)", known));
}

bool TsvReader::next() {
  do {
    if (!read_line()) return false;
  } while (line_.empty());
  split(line_, cells_);
  ++rows_;
  if (cells_.size() != header_.size())
    throw Error(fmt::format("a row has {} cells, the first line {}", cells_.size(), header_.size()), place(),
                "every row needs a cell for each column, separated by one tab");
  return true;
}

bool TsvReader::read_line() {
  line_.clear();
  for (bool read = false;; read = true) {
    if (block_.empty()) block_ = reader_.next_block();
    if (block_.empty() && !read) return false;
    const std::size_t end = block_.find('\n');
    line_ += block_.substr(0, end);
    const bool whole = end != block_.npos || block_.empty();
    block_.remove_prefix(end == block_.npos ? block_.size() : end + 1);
    if (whole) break;
  }
  if (line_.ends_with('\r')) line_.pop_back();
  ++line_number_;
  return true;
}

std::string TsvReader::place() const { return fmt::format("{}, line {}", display_name(path_), line_number_); }

InputFacts TsvReader::facts() const {
  InputFacts facts;
  facts.path = path_;
  facts.bytes = reader_.bytes();
  facts.checksum = reader_.checksum();
  facts.records = rows_;
  return facts;
}

}  // namespace iresweep
