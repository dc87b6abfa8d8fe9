// What became of the alleles of a file, in numbers and in words.
#pragma once
#include <array>
#include <cstdint>
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
  void add(const VariantRecord& record, const std::vector<Effect>& effects);

  std::uint64_t records() const { return records_; }
  std::uint64_t alleles() const { return alleles_; }
  /// Of alleles on targets; an allele without a target counts once.
  std::uint64_t count(Verdict verdict) const { return verdicts_[std::size_t(verdict)].count; }
  std::uint64_t count(HitChange change) const { return hits_[std::size_t(change)]; }

  /// What users should know of their file: alleles that were not scored, with the first of each kind; a genome that
  /// seems to be another one; records that do not ascend.
  std::vector<std::string> notes() const;

 private:
  struct Kind {
    std::uint64_t count = 0;
    std::string examples;
  };
  void note_order(const VariantRecord& record);

  std::uint64_t records_ = 0, alleles_ = 0;
  std::array<Kind, std::size_t(Verdict::count)> verdicts_;
  std::array<std::uint64_t, 4> hits_{};
  std::uint64_t on_contigs_ = 0, misfits_ = 0;  ///< records on contigs of the genome; with another REF than it has
  std::string first_unsorted_;
  std::vector<std::string> contigs_;  ///< as they came
  std::int64_t last_position_ = -1;
};

/// "chr1:1234 A>G", for messages: 1-based, long alleles cut.
std::string allele_text(const VariantRecord& record, std::size_t alt);

}  // namespace iresweep
