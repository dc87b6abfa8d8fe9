// What is wrong with a text that should be a nucleotide FASTA, in words for its owner.
#pragma once
#include <string>
#include <string_view>

namespace iresweep {

struct Fault {
  std::string what, hint;
};

/// `text` as it can stand in a message: cut to 60 bytes; a tab as \t, other control bytes and what is not ASCII as
/// \x...
std::string in_quotes(std::string_view text);

/// A text that begins neither with '>' nor with a blank; `text` is its beginning (64 bytes tell all formats apart).
Fault foreign_start(std::string_view text);

/// A byte of a sequence that is neither a base, nor an IUPAC code, nor a blank.
Fault foreign_letter(unsigned char letter);

}  // namespace iresweep
