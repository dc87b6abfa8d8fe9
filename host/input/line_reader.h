// The lines of a text file, plain, gzip or bgzip.
#pragma once
#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "host/input/sequence_source.h"
#include "host/input/text_reader.h"

namespace iresweep {

class LineReader {
 public:
  /// "-" is standard input. Throws Error as TextReader does.
  explicit LineReader(const std::string& path);

  /// The next line without its end (LF or CRLF), the first without a byte order mark; valid until the next call.
  /// Nothing at the end of the file. Throws Error as TextReader does, and for a line of more than 16 MiB.
  std::optional<std::string_view> next();

  /// The lines that next() gave last, all of them still to come from it.
  void give_back(std::vector<std::string> lines);

  /// Reads on to the end of the file without looking at it.
  void skip_rest();

  std::uint64_t line() const { return line_; }       ///< number of the line that next() gave last, from 1
  const std::string& name() const { return name_; }  ///< of the file, for messages
  std::string place() const;                         ///< "FILE, line N", for messages
  InputFacts facts() const;                          ///< of what was read so far

 private:
  std::string_view finished(std::string_view line);

  std::string path_, name_;
  TextReader reader_;
  std::string_view text_;         ///< read and not yet handed out
  std::string held_;              ///< a line that began in an earlier block
  std::deque<std::string> back_;  ///< given back
  std::uint64_t line_ = 0;
};

}  // namespace iresweep
