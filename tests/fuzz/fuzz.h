// What a harness defines, and what harnesses share.
//
// An input either is taken or is refused by an Error that says what is wrong. Anything else (another exception, a
// sanitizer's report, memory out of proportion, a broken promise of hold()) is a finding.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "host/input/sequence_source.h"

namespace iresweep::fuzz {

/// The bytes that the fuzzer gives, taken off from the front.
class Input {
 public:
  explicit Input(std::string_view bytes) : bytes_(bytes) {}

  bool empty() const { return bytes_.empty(); }
  std::uint8_t byte();      ///< 0 at the end
  std::uint32_t number();   ///< of four bytes, little-endian
  std::string_view text();  ///< as long as the two bytes before it say, or as there is
  std::string_view rest();

 private:
  std::string_view bytes_;
};

/// The same, written: for seeds.
std::string as_number(std::uint32_t number);
std::string as_text(std::string_view text);

/// Each harness defines these two. An Error that leaves run() is a refusal.
void run(Input input);
std::vector<std::string> seeds();

/// A file of this process alone, in memory where there is /dev/shm.
std::string write_file(const std::string& name, std::string_view bytes);

/// A FASTA of contigs c (5,000 bases) and chr22 (3,000), with its index once it has been read.
const std::string& genome();

/// Reads records that are spliced from it to their end: each has the bases that its map says, and each base of each
/// window has its place.
void hold_spliced(SequenceSource& source);

/// Ends the process, as a finding, unless `promise`.
void hold(bool promise, const char* what);

/// The first bytes of the files of a folder of ../shared whose names end so, decompressed, each behind `before`;
/// nothing where there is none.
std::vector<std::string> shared_seeds(const std::string& folder, const std::vector<std::string>& endings,
                                      const std::string& before);

}  // namespace iresweep::fuzz
