// Transcripts that cannot be scanned because what is said of them does not fit together.
#pragma once
#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace iresweep {

enum class Contradiction : std::size_t {
  unnamed,       ///< an exon that names no transcript
  exon_outside,  ///< an exon lies outside its transcript
  exons_overlap,
  reversed,  ///< an exon ends before it begins, or begins before its contig
  mixed_strands,
  no_strand,
  two_contigs,
  two_places,  ///< two genes, or two lines that lie apart, call a transcript so
  no_exons,
  cds_outside,     ///< coding bases outside the exons
  blocks_short,    ///< of BED12: the blocks do not begin and end where the line does
  unknown_contig,  ///< the genome has no such contig
  other_version,   ///< the genome has another version of the contig
  past_end,        ///< an exon reaches past the end of its contig
  other_length,    ///< the sequence of a transcript is longer or shorter than its exons
  not_annotated,   ///< a sequence that the annotation does not name
  count
};

/// "with overlapping exons"; for messages and, as a key, for the summary.
std::string_view words_for(Contradiction kind);

class Contradictions {
 public:
  /// With `strict` the first one is an Error.
  explicit Contradictions(bool strict) : strict_(strict) {}

  /// `where` is the file, and the line where that is known.
  void add(Contradiction kind, std::string_view transcript, const std::string& where);

  std::uint64_t count(Contradiction kind) const { return kinds_[std::size_t(kind)].count; }
  std::uint64_t total() const;
  /// One line a kind that occurred: how many, and the names of the first.
  std::vector<std::string> notes() const;
  /// The same for the end of an error's sentence: ": without a strand: 1 ('t')"; empty where none occurred.
  std::string reasons() const;

 private:
  struct Kind {
    std::uint64_t count = 0;
    std::string examples;
    /// "3 ('a', 'b', 'c')"
    std::string text() const;
  };
  bool strict_;
  std::array<Kind, std::size_t(Contradiction::count)> kinds_;
};

}  // namespace iresweep
