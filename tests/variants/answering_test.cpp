// Questions through batches of every size, held to windows scored one by one.
#include "host/variants/answering.h"

#include <gtest/gtest.h>

#include <atomic>
#include <memory>
#include <random>
#include <string>
#include <utility>

#include "host/variants/background.h"
#include "host/variants/planner.h"
#include "tests/support/function_engine.h"
#include "tests/support/seeded_network.h"
#include "tests/support/temporary_folder.h"

namespace iresweep {
namespace {

using Codes = std::span<const BaseCode, kWindow>;

// Tells every window apart.
double logit_of(Codes codes) {
  double sum = 0;
  for (int i = 0; i < kWindow; ++i) sum += codes[std::size_t(i)] * ((i * 37) % 61 - 30) * 0.01;
  return sum;
}

class Answering : public testing::Test {
 protected:
  Answering() {
    std::mt19937 random(3);
    for (int i = 0; i < 900; ++i) genome_ += "ACGT"[random() % 4];
    folder_.write("genome.fa", ">c\n" + genome_ + "\n");
    folder_.write("genes.bed",
                  "c\t0\t800\tone\t0\t+\t0\t0\t0\t2\t300,400,\t0,400,\n"
                  "c\t200\t900\ttwo\t0\t-\t0\t0\t0\t2\t100,500,\t0,200,\n"
                  "c\t0\t100\tshort\t0\t+\t0\t0\t0\t1\t100,\t0,\n");
  }

  Targets annotated() {
    Contradictions none(true);
    return {open(), read_gene_models(folder_.path("genes.bed"), none), none};
  }
  std::unique_ptr<Genome> open() {
    return std::make_unique<Genome>(std::vector<std::string>{folder_.path("genome.fa")}, "");
  }

  VariantRecord record(std::int64_t position, std::size_t length, std::vector<std::string> alts) const {
    VariantRecord all;
    all.contig = "c";
    all.position = position;
    all.ref = genome_.substr(std::size_t(position), length);
    all.alts = std::move(alts);
    return all;
  }

  std::vector<Effect> effects(Targets& targets, const std::vector<VariantRecord>& records, std::size_t batch_windows,
                              int threads = 2) {
    scored_ = 0;
    test::FunctionEngine engine(
        [this](Codes codes) {
          ++scored_;
          return logit_of(codes);
        },
        threads, batch_windows);
    const Arbiter arbiter(network_, std::nullopt);
    Planner planner(targets);
    std::size_t next = 0;
    std::vector<Effect> all;
    answer(
        engine, arbiter,
        [&](DueStretches& due) -> std::optional<Question> {
          if (next == records.size()) return std::nullopt;
          const VariantRecord& one = records[next++];
          return Question{one, planner.compare(planner.touches(one), due)};
        },
        [&](Question&& question) {
          for (const Comparison& comparison : question.comparisons) all.push_back(effect_of(comparison, {0, 8}));
        },
        {});
    return all;
  }

  // The best logit of windows [first, first + count) of a sequence.
  static double best(const std::string& sequence, std::size_t first, std::size_t count) {
    std::vector<BaseCode> codes;
    EXPECT_TRUE(read_bases(sequence, codes));
    double found = -1e9;
    for (std::size_t i = first; i < first + count; ++i)
      found = std::max(found, double(float(logit_of(Codes(codes.data() + i, kWindow)))));
    return found;
  }

  test::TemporaryFolder folder_;
  std::string genome_;
  const Network network_ = test::seeded_network(1);
  std::atomic<std::uint64_t> scored_ = 0;
};

TEST_F(Answering, AgreesWithWindowsScoredOneByOne) {
  Targets targets = annotated();
  const auto all = effects(targets, {record(450, 1, {"ACCA"})}, 64);
  ASSERT_EQ(all.size(), 2u);
  const std::string spliced = genome_.substr(0, 300) + genome_.substr(400, 400);
  const Allele allele = read_allele(450, genome_.substr(450, 1), "ACCA");
  const std::size_t at = std::size_t(allele.edit.replaced.start) - 100;
  std::string edited = spliced;
  edited.erase(at, std::size_t(allele.edit.replaced.size()));
  const std::size_t inserted = allele.edit.inserted.size();
  edited.insert(at, std::string("ACCA").substr(std::size_t(allele.edit.replaced.start) - 450, inserted));
  ASSERT_EQ(all[0].target->name, "one");
  const WindowPlan plan =
      plan_windows(700, {std::int64_t(at), std::int64_t(at) + allele.edit.replaced.size()}, std::int64_t(inserted));
  EXPECT_EQ(all[0].ref_logit, best(spliced, std::size_t(plan.ref.first + plan.skip_ref), std::size_t(plan.pairs)));
  EXPECT_EQ(all[0].alt_logit, best(edited, std::size_t(plan.alt.first + plan.skip_alt), std::size_t(plan.pairs)));
}

TEST_F(Answering, DoesNotDependOnBatchesAndThreads) {
  Targets targets = annotated();
  std::vector<VariantRecord> records;
  for (std::int64_t position = 0; position < 880; position += 13)
    records.push_back(record(position, 1 + std::size_t(position % 5), {"A", "GGTA", "<DEL>"}));
  const auto wanted = effects(targets, records, 4096, 1);
  ASSERT_GT(wanted.size(), records.size());
  for (const std::size_t batch : {1, 7, 200}) {
    const auto found = effects(targets, records, batch, 3);
    ASSERT_EQ(found.size(), wanted.size());
    for (std::size_t i = 0; i < found.size(); ++i) {
      EXPECT_EQ(found[i].verdict, wanted[i].verdict);
      EXPECT_EQ(found[i].ref_logit, wanted[i].ref_logit);
      EXPECT_EQ(found[i].alt_logit, wanted[i].alt_logit);
      EXPECT_EQ(found[i].largest_change, wanted[i].largest_change);
      EXPECT_EQ(found[i].ref_start, wanted[i].ref_start);
    }
  }
}

TEST_F(Answering, WindowsWithRefAreScoredOnce) {
  Targets targets = annotated();
  std::vector<VariantRecord> records;
  for (std::int64_t position = 420; position < 500; ++position) {
    const char other = genome_[std::size_t(position)] == 'A' ? 'C' : 'A';
    records.push_back(record(position, 1, {std::string(1, other)}));
  }
  effects(targets, records, 4096);
  // On two transcripts of 700 and 600 bases, and 174 windows with ALT at most for each base and transcript.
  EXPECT_LE(scored_, 2 * 80 * 174u + 700 + 600);
}

TEST_F(Answering, IsoformsThatAgreeAroundAnAlleleShareItsWindows) {
  folder_.write("genes.bed",
                "c\t0\t900\tone\t0\t+\t0\t0\t0\t2\t20,800,\t0,100,\n"
                "c\t0\t900\ttwo\t0\t+\t0\t0\t0\t2\t30,800,\t0,100,\n");
  Targets targets = annotated();
  const auto all = effects(targets, {record(500, 1, {genome_[500] == 'A' ? "C" : "A"})}, 4096);
  ASSERT_EQ(all.size(), 2u);
  EXPECT_EQ(all[0].ref_logit, all[1].ref_logit);
  EXPECT_EQ(all[0].change(), all[1].change());
  EXPECT_EQ(all[0].ref_start + 10, all[1].ref_start);
  EXPECT_LE(scored_, 174 + 174 + 2 * std::uint64_t(ReferenceWindows::kBlock));
}

TEST_F(Answering, TouchesOnlyWhatItChanges) {
  Targets targets = annotated();
  Planner planner(targets);
  const auto verdicts = [&](std::int64_t position, std::size_t length, const std::string& alt) {
    std::string text;
    for (const Touch& touch : planner.touches(record(position, length, {alt})))
      text += (touch.target ? touch.target->name : "-") + ":" + std::string(name_of(touch.verdict)) + " ";
    return text;
  };
  const auto inserted = [&](std::int64_t position) {
    return verdicts(position, 1, genome_[std::size_t(position)] + std::string("N"));
  };
  EXPECT_EQ(verdicts(350, 1, "N"), "-:outside ");
  EXPECT_EQ(verdicts(298, 4, "N"), "one:exon_boundary two:exon_boundary ");
  EXPECT_EQ(verdicts(299, 1, "N"), "one:scored two:scored ");
  EXPECT_EQ(inserted(298), "one:scored two:scored ");
  EXPECT_EQ(inserted(299), "one:exon_boundary two:exon_boundary ");
  EXPECT_EQ(inserted(399), "one:exon_boundary two:exon_boundary ");
  EXPECT_EQ(inserted(799), "two:scored ");
  EXPECT_EQ(verdicts(50, 1, "N"), "short:short_transcript one:scored ");
  // A base of an intron that VCF puts before an indel is no base that changes.
  EXPECT_EQ(verdicts(399, 3, genome_.substr(399, 1)).find("boundary"), std::string::npos);
  VariantRecord wrong = record(10, 1, {"A", "*"});
  wrong.ref = genome_[10] == 'A' ? "C" : "A";
  wrong.alts[0] = "G";
  EXPECT_EQ(planner.touches(wrong)[0].verdict, Verdict::ref_mismatch);
  EXPECT_EQ(planner.touches(wrong)[1].verdict, Verdict::deleted_upstream);
}

TEST_F(Answering, AnEndOfAContigHasNothingOnItsOtherSide) {
  Targets targets(open());
  Planner planner(targets);
  const auto verdicts = [&](std::int64_t position, std::size_t length, const std::string& alt) {
    std::string text;
    DueStretches due;
    for (const Comparison& comparison : planner.compare(planner.touches(record(position, length, {alt})), due))
      text += std::string(name_of(comparison.verdict)) + " ";
    return text;
  };
  const std::string first = genome_.substr(0, 1), last = genome_.substr(899);
  EXPECT_EQ(verdicts(0, 1, "NN" + first), "contig_end contig_end ");
  EXPECT_EQ(verdicts(899, 1, last + "NN"), "contig_end contig_end ");
  EXPECT_EQ(verdicts(0, 1, first + "NN"), "scored scored ");
  EXPECT_EQ(verdicts(0, 1, "NNN"), "scored scored ");
  EXPECT_EQ(verdicts(898, 2, genome_.substr(898, 1)), "no_window no_window ");
}

TEST_F(Answering, ALongInsertionIsComparedByItsInsideAndCalledByAllItsWindows) {
  Targets targets(open());
  // Windows within the insertion are no hits; those at its edges, mostly of what was there before, still are.
  test::FunctionEngine engine([](Codes codes) { return std::count(codes.begin(), codes.end(), 3) > 150 ? -9.0 : 9.0; },
                              1, 4096);
  const Arbiter arbiter(network_, std::nullopt);
  Planner planner(targets);
  std::vector<Effect> all;
  bool asked = false;
  answer(
      engine, arbiter,
      [&](DueStretches& due) -> std::optional<Question> {
        if (std::exchange(asked, true)) return std::nullopt;
        const VariantRecord one = record(450, 1, {genome_.substr(450, 1) + std::string(300, 'T')});
        return Question{one, planner.compare(planner.touches(one), due)};
      },
      [&](Question&& question) {
        all.push_back(effect_of(question.comparisons.front(), {0, 8}));
      },
      {});
  ASSERT_EQ(all.size(), 1u);
  EXPECT_EQ(all[0].windows, 173);
  EXPECT_EQ(all[0].change(), -18);
  EXPECT_GT(all[0].alt_called, 0);
  EXPECT_EQ(all[0].hit, HitChange::kept);
}

TEST_F(Answering, BackgroundIsTheSameForASeedAndTellsPercentiles) {
  test::FunctionEngine engine(logit_of, 2, 100);
  const Arbiter arbiter(network_, std::nullopt);
  const auto made = [&](std::uint64_t seed) {
    Targets targets(open());
    return *make_background(engine, arbiter, targets, {0, 1}, {.substitutions = 40, .seed = seed, .rule = {}}, {});
  };
  const Background one = made(1), again = made(1), other = made(2);
  EXPECT_EQ(one.size(), 40u);
  bool differs = false;
  for (const double change : {0.01, 0.1, 0.3, 0.5}) {
    EXPECT_EQ(one.percentile(change), again.percentile(-change));
    differs |= one.percentile(change) != other.percentile(change);
  }
  EXPECT_TRUE(differs);
  EXPECT_EQ(Background({1, -2, 2, 4}).percentile(-2), 50);
  EXPECT_EQ(Background({1, -2, 2, 4}).percentile(5), 100);
  EXPECT_FALSE(Background().percentile(1));
}

}  // namespace
}  // namespace iresweep
