// What became of the alleles of a file, in numbers and in words.
#pragma once
#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "host/input/contigs.h"
#include "host/variants/comparison.h"

namespace iresweep {

/// What the header's contigs say of the genome: a line for each whose size differs there, the first few. Throws Error
/// where the header names contigs and the genome has none of them; `file` for messages.
std::vector<std::string> compare_contigs(const std::vector<Contig>& of_header, const Contigs& genome,
                                         const std::string& file);

class VariantTally {
 public:
  /// Counts a record and its effects, which lie together by allele.
  void add(const VariantRecord& record, const std::vector<Effect>& effects);

  std::uint64_t records() const { return records_; }
  std::uint64_t alleles() const { return alleles_; }
  /// Of alleles on targets: once for each of an allele's targets.
  std::uint64_t scored() const { return scored_; }
  std::uint64_t count(HitChange change) const { return hits_[std::size_t(change)]; }

  /// Throws Error where there are alleles, and all lie on contigs that the genome has not: names differ, as "chr1" and
  /// "1" do, and nothing was scored. `file` for messages.
  void check_contigs(const Contigs& genome, const std::string& file) const;

  /// What users should know of their file: alleles that were not scored, with the first of each kind; a genome that
  /// seems to be another one; records that do not ascend.
  std::vector<std::string> notes() const;

 private:
  /// Distinct alleles of one verdict.
  struct Alleles {
    std::uint64_t count = 0, targets = 0;  ///< of them; that they are not scored on
    std::vector<std::string> examples;
    void add(const VariantRecord& record, std::size_t alt, std::uint64_t on_targets);
    std::string text() const;
  };
  using ByVerdict = std::array<Alleles, std::size_t(Verdict::count)>;
  void add_allele(const VariantRecord& record, std::span<const Effect> effects);
  void note_order(const VariantRecord& record);

  std::uint64_t records_ = 0, alleles_ = 0, scored_ = 0;
  ByVerdict nowhere_, elsewhere_;  ///< not scored on any target; scored on another one than those of the verdict
  std::array<std::uint64_t, 4> hits_{};
  std::uint64_t on_contigs_ = 0, misfits_ = 0;  ///< records on contigs of the genome; with another REF than it has
  std::string unknown_contig_;                  ///< the first that the genome has not
  std::string first_unsorted_;
  std::vector<std::string> contigs_;  ///< as they came
  std::int64_t last_position_ = -1;
};

/// "chr1:1234 A>G", for messages: 1-based, long alleles cut.
std::string allele_text(const VariantRecord& record, std::size_t alt);

}  // namespace iresweep
