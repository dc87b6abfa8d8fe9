#include "host/variants/verdict.h"

#include <array>

namespace iresweep {
namespace {

struct Words {
  std::string_view name, text;
};

constexpr std::array<Words, std::size_t(Verdict::count)> kWords = {{
    {"scored", "were scored"},
    {"outside", "change no base of a transcript"},
    {"exon_boundary", "span an exon's boundary"},
    {"ref_mismatch", "have another REF than the genome"},
    {"unknown_contig", "lie on contigs that the genome has not"},
    {"past_end", "reach past the end of their contig"},
    {"symbolic", "are symbolic, without bases"},
    {"deleted_upstream", "are '*', deleted by another record"},
    {"breakend", "are breakends"},
    {"not_bases", "are no bases"},
    {"no_change", "are their REF again"},
    {"too_long", "are longer than 1,000 bases"},
    {"short_transcript", "lie on transcripts shorter than a window"},
    {"no_window", "leave no full window over them"},
    {"contig_end", "insert bases before the first or after the last base of their contig"},
    {"missing_bases", "lie among missing bases"},
}};

}  // namespace

std::string_view name_of(Verdict verdict) { return kWords[std::size_t(verdict)].name; }
std::string_view words_for(Verdict verdict) { return kWords[std::size_t(verdict)].text; }

}  // namespace iresweep
