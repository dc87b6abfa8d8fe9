// The bytes of a text file, decompressed: plain, gzip and bgzip alike. Knows nothing of what the text means.
#pragma once
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "host/input/bgzf_file.h"

struct XXH3_state_s;

namespace iresweep {

class TextReader {
 public:
  /// Opens `path` ("-" is standard input); nothing is ever fetched from a network. With `threads` > 1 that many
  /// threads decompress bgzip. Throws Error.
  TextReader(const std::string& path, int threads);

  /// The next block, empty at the end of the file; valid until the next call. Throws Error when the file cannot be
  /// read, is damaged, or is cut short (gzip within a member, bgzip also when its end mark is absent).
  std::string_view next_block();

  std::uint64_t bytes() const { return bytes_; }          ///< decompressed bytes handed out
  std::uint64_t file_size() const { return file_size_; }  ///< as check_readable gives it
  std::uint64_t file_read() const;                        ///< bytes consumed of the file as stored
  std::string checksum() const;                           ///< XXH3-128 of the bytes handed out, hexadecimal

 private:
  [[noreturn]] void fail_reading(int system_error) const;

  struct FreeState {
    void operator()(XXH3_state_s* state) const;
  };
  std::string name_;
  std::uint64_t file_size_;
  BgzfFile file_;
  std::unique_ptr<XXH3_state_s, FreeState> hash_;
  std::vector<char> block_;
  std::uint64_t bytes_ = 0;
};

}  // namespace iresweep
