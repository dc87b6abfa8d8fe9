// Tab-separated tables with a header line, a row at a time.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "host/input/sequence_source.h"
#include "host/input/text_reader.h"

namespace iresweep {

class TsvReader {
 public:
  /// Opens `path` (plain, gzip or bgzip; "-" is standard input) and reads the header line. Throws Error.
  explicit TsvReader(const std::string& path);

  bool has(const std::string& name) const;
  /// Where the column of this name stands. Throws Error when there is none, or more than one.
  std::size_t column(const std::string& name) const;

  /// Reads the next row; blank lines are passed over. False at the end. Throws Error for a row of another width.
  bool next();
  /// A cell of the row, valid until next().
  std::string_view operator[](std::size_t column) const { return cells_[column]; }

  /// "x.tsv, line 7", of the row.
  std::string place() const;
  /// Rows are its records; complete at the end.
  InputFacts facts() const;

 private:
  bool read_line();

  const std::string path_;
  TextReader reader_;
  std::string_view block_;  ///< read and not yet taken
  std::string line_;
  std::vector<std::string> header_;
  std::vector<std::string_view> cells_;  ///< point into line_
  std::uint64_t line_number_ = 0, rows_ = 0;
};

}  // namespace iresweep
