// Whether an allele could be scored, and why not.
#pragma once
#include <cstddef>
#include <string_view>

namespace iresweep {

enum class Verdict : std::size_t {
  scored,
  outside,           ///< no transcript has a base that it changes
  exon_boundary,     ///< it changes bases on both sides of an exon's boundary, or inserts bases right there
  ref_mismatch,      ///< REF is not what the genome has
  unknown_contig,    ///< the genome has no such contig
  past_end,          ///< REF reaches past an end of its contig
  symbolic,          ///< <DEL> and the like
  deleted_upstream,  ///< '*'
  breakend,          ///< bases joined to another place
  not_bases,         ///< a letter that is no IUPAC code, or nothing
  no_change,         ///< ALT is REF
  too_long,          ///< more than kLongestAllele bases
  short_transcript,  ///< with REF or with ALT it is shorter than a window
  no_window,         ///< with one of the alleles no full window lies over it: the target's end is deleted
  contig_end,        ///< it inserts bases before the first or after the last base of a contig
  missing_bases,     ///< no window over it has few enough missing bases
  count
};

/// As output files have it: "exon_boundary".
std::string_view name_of(Verdict verdict);
/// As messages have it, behind a number of alleles: "span an exon's boundary".
std::string_view words_for(Verdict verdict);

}  // namespace iresweep
