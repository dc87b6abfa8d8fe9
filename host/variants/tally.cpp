#include "host/variants/tally.h"

#include <fmt/format.h>

#include <algorithm>

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

bool tells_of_genome(Verdict verdict) { return verdict == Verdict::ref_mismatch || verdict == Verdict::past_end; }

}  // namespace

std::string allele_text(const VariantRecord& record, std::size_t alt) {
  return quoted(fmt::format("{}:{} {}>{}", record.contig, record.position + 1, cut(record.ref), cut(record.alts[alt])));
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
                                quoted(name), size, genome[*found].size));
  }
  if (!any)
    throw Error(fmt::format("the genome has none of the contigs of the header: it has {}, the header {}",
                            quoted(genome.all().front().name), quoted(of_header.front().name)),
                file, "give the genome that the variants were called on, or rename: `bcftools annotate --rename-chrs`");
  return notes;
}

void VariantTally::add(const VariantRecord& record, const std::vector<Effect>& effects) {
  ++records_;
  alleles_ += record.alts.size();
  note_order(record);
  bool known = false, misfit = false;
  for (const Effect& effect : effects) {
    Kind& kind = verdicts_[std::size_t(effect.verdict)];
    if (effect.verdict == Verdict::scored) ++hits_[std::size_t(effect.hit)];
    if (kind.count++ < kExamples && effect.verdict > Verdict::outside)
      kind.examples += (kind.examples.empty() ? "" : ", ") + allele_text(record, effect.alt);
    known |= effect.verdict != Verdict::unknown_contig;
    misfit |= tells_of_genome(effect.verdict);
  }
  on_contigs_ += known;
  misfits_ += misfit;
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
  for (std::size_t i = std::size_t(Verdict::outside) + 1; i < verdicts_.size(); ++i)
    if (verdicts_[i].count > 0)
      notes.push_back(fmt::format("alleles that {} are not scored: {} ({}{})", words_for(Verdict(i)),
                                  verdicts_[i].count, verdicts_[i].examples,
                                  verdicts_[i].count > kExamples ? ", ..." : ""));
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
