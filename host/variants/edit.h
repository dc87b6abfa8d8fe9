// What an allele does to a sequence.
#pragma once
#include <cstdint>
#include <string_view>
#include <vector>

#include "host/input/coordinate_map.h"
#include "host/variants/verdict.h"
#include "iresweep/bases.h"

namespace iresweep {

/// `inserted` comes in the place of `replaced`, a stretch of a contig or of a record that may be empty: then before its
/// start.
struct Edit {
  Interval replaced;
  std::vector<BaseCode> inserted;

  std::int64_t growth() const { return std::int64_t(inserted.size()) - replaced.size(); }
  bool operator==(const Edit&) const = default;
};

/// Longer ones, structural variants, change what a transcript is, not a window of it.
inline constexpr std::int64_t kLongestAllele = 1000;

/// An ALT as written, against its REF.
struct Allele {
  Verdict verdict = Verdict::scored;
  Edit edit;  ///< on the contig's plus strand; without the bases that both have at their end, then at their beginning
};
Allele read_allele(std::int64_t position, std::string_view ref, std::string_view alt);

/// The codes of letters; false where one is no IUPAC code, or there is none.
bool read_bases(std::string_view letters, std::vector<BaseCode>& codes);

}  // namespace iresweep
