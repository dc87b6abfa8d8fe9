// VCF, as it is or made into BCF by HTSlib (whose reading of BCF is not what is tested here), from its records to the
// file that comes out; scored by a function of the bases in place of an engine.
#include <algorithm>
#include <array>
#include <memory>
#include <utility>

#include "host/input/gene_models/gene_models.h"
#include "host/input/variants/variant_file.h"
#include "host/output/variants/variant_writer.h"
#include "host/variants/planner.h"
#include "host/variants/tally.h"
#include "tests/fuzz/fuzz.h"

namespace iresweep::fuzz {
namespace {

constexpr std::array kOutputs = {"out.vcf", "out.vcf.gz", "out.bcf", "out.tsv"};
constexpr CallRule kRule = {.threshold_logit = 0.5, .max_missing = 8};

Targets open_targets(bool annotated) {
  auto genome_of_all = std::make_unique<Genome>(std::vector{genome()}, "");
  if (!annotated) return Targets(std::move(genome_of_all));
  static const std::string genes = write_file("genes.bed",
                                              "c\t100\t900\tt\t0\t-\t100\t100\t0\t2\t300,400,\t0,400,\n"
                                              "c\t150\t900\tu\t0\t+\t150\t150\t0\t3\t20,180,150,\t0,250,600,\n"
                                              "chr22\t0\t180\tv\t0\t+\t0\t0\t0\t1\t180\t0\n");
  Contradictions none(true);
  return {std::move(genome_of_all), read_gene_models(genes, none), none};
}

void score(WindowStretch& stretch) {
  for (std::size_t i = 0; i < stretch.logits.size(); ++i)
    stretch.logits[i] = float(stretch.codes[i] - stretch.codes[i + kWindow / 2]) + float(stretch.codes[i + 1]) / 8;
}

void hold_effect(const Effect& effect) {
  if (effect.verdict != Verdict::scored) return;
  hold(effect.target && effect.target->size() >= kWindow, "windows are scored on a target that has some");
  hold(effect.windows > 0 && effect.ref_start >= 0 && effect.ref_start + kWindow <= effect.target->size(),
       "the best window is one of the target");
  hold(effect.largest_start >= 0 && effect.largest_start + kWindow <= effect.target->size() && effect.alt_start >= 0,
       "windows begin on the target");
}

std::vector<Effect> effects_of(Planner& planner, const VariantRecord& record) {
  DueStretches due;
  const auto comparisons = planner.compare(planner.touches(record), due);
  for (const auto& stretch : due) score(*stretch);
  std::vector<Effect> effects;
  for (const Comparison& comparison : comparisons) {
    effects.push_back(effect_of(comparison, kRule));
    hold_effect(effects.back());
  }
  std::size_t next = 0;
  for (const Effect& effect : effects) {
    hold(effect.alt == next || effect.alt + 1 == next, "every allele is told of, in order");
    next = effect.alt + 1;
  }
  hold(next == record.alts.size(), "no allele is lost");
  return effects;
}

// Of a record, what must come out again.
std::string essence(const VariantRecord& record) {
  std::string text = record.contig + ' ' + std::to_string(record.position) + ' ' + record.ref;
  for (const std::string& alt : record.alts) text += ' ' + alt;
  return text;
}

std::vector<std::string> read_back(const std::string& path) {
  VariantFile file(path, path);
  std::vector<std::string> all;
  VariantRecord record;
  while (file.next(record)) all.push_back(essence(record));
  return all;
}

std::string make_bcf(const std::string& path) {
  std::string out = write_file("in.bcf", "");
  VariantFile file(path, "in.vcf");
  VariantWriter writer(out, VariantFormat::bcf, file, "");
  VariantRecord record;
  while (file.next(record)) writer.write(record, {});
  writer.commit();
  return out;
}

}  // namespace

void run(Input input) {
  const std::uint8_t options = input.byte();
  const char* const name = kOutputs[options % kOutputs.size()];
  std::string path = write_file("in.vcf", input.rest());
  // What has our fields by then is a finding of the header's own check.
  if (options & 8) path = make_bcf(path);
  VariantFile file(path, "in");
  Targets targets = open_targets(options & 4);
  Planner planner(targets);
  VariantTally tally;
  compare_contigs(file.contigs(), targets.genome().names(), file.name());
  const std::string out = write_file(name, "");
  VariantWriter writer(out, *variant_format(out), file, "");
  std::vector<std::string> given;
  VariantRecord record;
  while (file.next(record)) {
    given.push_back(essence(record));
    const auto effects = effects_of(planner, record);
    tally.add(record, effects);
    writer.write(record, effects);
  }
  writer.commit();
  tally.notes();
  hold(tally.records() == given.size(), "every record is counted");
  if (variant_format(out) == VariantFormat::tsv) return;
  const std::vector<std::string> came_out = read_back(out);
  hold(came_out.size() == given.size(), "as many records come out as came");
  for (std::size_t i = 0; i < given.size(); ++i) {
    const std::string both = "records come out as they came: " + given[i] + " | " + came_out[i];
    hold(came_out[i] == given[i], both.c_str());
  }
}

std::vector<std::string> seeds() {
  const std::string header =
      "##fileformat=VCFv4.2\n##contig=<ID=c,length=5000>\n##contig=<ID=chr22,length=3000>\n"
      "##INFO=<ID=AF,Number=A,Type=Float,Description=\"share\">\n##FILTER=<ID=low,Description=\"low\">\n"
      "##FORMAT=<ID=GT,Number=1,Type=String,Description=\"genotype\">\n"
      "#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO";
  // Hundreds of A, C, G and T follow each other there.
  const std::array records = {"c\t250\trs1\tG\tA,*,<DEL>\t29.5\tPASS\tAF=0.5,0.1,0\n",
                              "c\t350\t.\tT\tTACG,G\t.\tlow\t.\n",
                              "c\t398\t.\tTTTAA\tT\t.\t.\tAF=0.25\n",
                              "c\t10\t.\tC\tG\t.\t.\t.\n",
                              "chr22\t100\t.\tAC\tA,ACC,GT,ac\t.\tPASS\t.\n",
                              "chr22\t7\t.\tA\tA]c:9],.A,Z,N\t1\t.\t.\n",
                              "chr22\t2999\t.\tGG\tG\t.\t.\t.\n",
                              "c\t5001\t.\tA\tG\t.\t.\t.\n",
                              "c\t500\t.\tA\t.\t.\t.\t.\n"};
  std::string all_records, with_samples;
  for (const char* record : records) {
    all_records += record;
    with_samples += record;
    with_samples.insert(with_samples.size() - 1, "\tGT\t0/1\t./.");
  }
  std::vector<std::string> all;
  for (char options = 0; options < 16; ++options) {
    all.push_back(options + header + '\n' + all_records);
    all.push_back(options + header + "\tFORMAT\tone\ttwo\n" + with_samples);
  }
  all.push_back('\0' + header + "\r\n" + records[0]);
  all.push_back(std::string(1, '\0') + header + '\n' + records[4] + records[0] + "\n\n" + records[0]);
  return all;
}

}  // namespace iresweep::fuzz
