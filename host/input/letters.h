// What the letters of a sequence mean, wherever one is read from.
#pragma once
#include <array>
#include <cstdint>
#include <string_view>

#include "iresweep/bases.h"

namespace iresweep {

/// Beside the base codes: what may stand between bases, and what may not.
inline constexpr BaseCode kBlank = 0x10, kForeign = 0x20;
inline constexpr std::string_view kBlanks = " \t\r";

/// The code of every byte: both cases, U as T, every other IUPAC letter (and X) as a missing base.
inline constexpr std::array<BaseCode, 256> kLetterCodes = [] {
  std::array<BaseCode, 256> table{};
  table.fill(kForeign);
  constexpr std::string_view known = "ACGT";
  const auto code_of = [&](char letter) -> BaseCode& { return table[static_cast<unsigned char>(letter)]; };
  for (const char upper : std::string_view("ACGTURYSWKMBDHVNX")) {
    const std::size_t at = upper == 'U' ? 3 : known.find(upper);
    code_of(upper) = code_of(char(upper + ('a' - 'A'))) = at == known.npos ? kMissing : BaseCode(at);
  }
  for (const char blank : kBlanks) code_of(blank) = kBlank;
  return table;
}();

constexpr BaseCode letter_code(char letter) { return kLetterCodes[static_cast<unsigned char>(letter)]; }

}  // namespace iresweep
