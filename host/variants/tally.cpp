#include "host/variants/tally.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <utility>

#include "host/input/fasta_faults.h"
#include "iresweep/error.h"

namespace iresweep {
namespace {

constexpr std::uint64_t kExamples = 3;
constexpr std::size_t kLetters = 12;  // of an allele, in messages
constexpr std::uint64_t kLeastRecords = 10;

std::string cut(const std::string& letters) {
  return letters.size() <= kLetters ? letters : letters.substr(0, kLetters) + "...";
}

[[noreturn]] void fail_contigs(const Contigs& genome, const std::string& theirs, const std::string& whose,
                               const std::string& file) {
  throw Error(fmt::format("the genome has none of the contigs of the {}: it has {}, the {} {}", whose,
                          in_quotes(genome.all().front().name), whose, in_quotes(theirs)),
              file, "give the genome that the variants were called on, or rename: `bcftools annotate --rename-chrs`");
}

bool tells_of_genome(Verdict verdict) { return verdict == Verdict::ref_mismatch || verdict == Verdict::past_end; }

}  // namespace

std::string allele_text(const VariantRecord& record, std::size_t alt) {
  return in_quotes(
      fmt::format("{}:{} {}>{}", record.contig, record.position + 1, cut(record.ref), cut(record.alts[alt])));
}

std::vector<std::string> compare_contigs(const std::vector<Contig>& of_header, const Contigs& genome,
                                         const std::string& file) {
  std::vector<std::string> notes;
  bool any = of_header.empty();
  for (const auto& [name, size] : of_header) {
    const auto found = genome.find(name);
    any |= found.has_value();
    if (!found || size == 0 || size == genome[*found].size || notes.size() == kExamples) continue;
    notes.push_back(fmt::format("{}: its header gives contig {} {} bases, the genome {}: is it of another build?", file,
                                in_quotes(name), size, genome[*found].size));
  }
  if (!any) fail_contigs(genome, of_header.front().name, "header", file);
  return notes;
}

void VariantTally::Alleles::add(const VariantRecord& record, std::size_t alt, std::uint64_t on_targets) {
  ++count;
  targets += on_targets;
  if (examples.size() == kExamples) return;
  // Records repeat alleles, and long ones differ behind what is shown.
  if (std::string text = allele_text(record, alt); std::find(examples.begin(), examples.end(), text) == examples.end())
    examples.push_back(std::move(text));
}

std::string VariantTally::Alleles::text() const {
  return fmt::format("({}{})", fmt::join(examples, ", "), count > examples.size() ? ", ..." : "");
}

void VariantTally::add(const VariantRecord& record, const std::vector<Effect>& effects) {
  ++records_;
  alleles_ += record.alts.size();
  note_order(record);
  bool known = false, misfit = false;
  for (const Effect& effect : effects) {
    known |= effect.verdict != Verdict::unknown_contig;
    misfit |= tells_of_genome(effect.verdict);
  }
  on_contigs_ += known;
  misfits_ += misfit;
  if (!known && !effects.empty() && unknown_contig_.empty()) unknown_contig_ = record.contig;
  for (auto first = effects.begin(); first != effects.end();) {
    const auto end = std::find_if(first, effects.end(), [&](const Effect& effect) { return effect.alt != first->alt; });
    add_allele(record, {first, end});
    first = end;
  }
}

// All that an allele touches.
void VariantTally::add_allele(const VariantRecord& record, std::span<const Effect> effects) {
  std::array<std::uint64_t, std::size_t(Verdict::count)> targets{};
  for (const Effect& effect : effects) {
    ++targets[std::size_t(effect.verdict)];
    if (effect.verdict == Verdict::scored) ++hits_[std::size_t(effect.hit)];
  }
  const std::uint64_t scored = targets[std::size_t(Verdict::scored)];
  scored_ += scored;
  ByVerdict& kinds = scored > 0 ? elsewhere_ : nowhere_;
  for (std::size_t i = std::size_t(Verdict::outside) + 1; i < targets.size(); ++i)
    if (targets[i] > 0) kinds[i].add(record, effects.front().alt, targets[i]);
}

void VariantTally::check_contigs(const Contigs& genome, const std::string& file) const {
  if (on_contigs_ == 0 && !unknown_contig_.empty()) fail_contigs(genome, unknown_contig_, "records", file);
}

void VariantTally::note_order(const VariantRecord& record) {
  const bool same = !contigs_.empty() && contigs_.back() == record.contig;
  const bool back = same ? record.position < last_position_
                         : std::find(contigs_.begin(), contigs_.end(), record.contig) != contigs_.end();
  if (back && first_unsorted_.empty())
    first_unsorted_ = fmt::format("record {}, at {}:{}", record.number, record.contig, record.position + 1);
  if (!same && back) std::erase(contigs_, record.contig);
  if (!same) contigs_.push_back(record.contig);
  last_position_ = record.position;
}

std::vector<std::string> VariantTally::notes() const {
  std::vector<std::string> notes;
  for (std::size_t i = std::size_t(Verdict::outside) + 1; i < nowhere_.size(); ++i) {
    const std::string_view words = words_for(Verdict(i));
    if (const Alleles& alleles = nowhere_[i]; alleles.count > 0)
      notes.push_back(fmt::format("alleles that {} are not scored: {} {}", words, alleles.count, alleles.text()));
    if (const Alleles& alleles = elsewhere_[i]; alleles.count > 0)
      notes.push_back(
          fmt::format("alleles that {}, but are scored on other transcripts: {}; on {} transcripts they are not {}",
                      words, alleles.count, alleles.targets, alleles.text()));
  }
  if (misfits_ >= kLeastRecords && 10 * misfits_ >= on_contigs_)
    notes.push_back(
        fmt::format("the variants seem to belong to another build of the genome: {} of {} records do not fit this one",
                    misfits_, on_contigs_));
  if (!first_unsorted_.empty())
    notes.push_back(fmt::format(
        "the records are not sorted by place ({} is the first that goes back); they are written as they came, and "
        "`bcftools sort` sorts them",
        first_unsorted_));
  return notes;
}

}  // namespace iresweep
