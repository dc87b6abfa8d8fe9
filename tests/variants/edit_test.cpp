#include "host/variants/edit.h"

#include <gtest/gtest.h>

#include <string>

namespace iresweep {
namespace {

std::vector<BaseCode> codes(const std::string& letters) {
  std::vector<BaseCode> all;
  EXPECT_EQ(read_bases(letters, all), !letters.empty());
  return all;
}

Edit edit_of(const std::string& ref, const std::string& alt) {
  const Allele allele = read_allele(100, ref, alt);
  EXPECT_EQ(allele.verdict, Verdict::scored);
  return allele.edit;
}

TEST(Edit, KeepsWhatChangesOnly) {
  EXPECT_EQ(edit_of("A", "G"), (Edit{{100, 101}, codes("G")}));
  EXPECT_EQ(edit_of("ACG", "ATG"), (Edit{{101, 102}, codes("T")}));
  EXPECT_EQ(edit_of("ac", "gu"), (Edit{{100, 102}, codes("GT")}));
  EXPECT_EQ(edit_of("A", "ACC"), (Edit{{101, 101}, codes("CC")}));
  EXPECT_EQ(edit_of("ACC", "A"), (Edit{{101, 103}, {}}));
  EXPECT_EQ(edit_of("TA", "A"), (Edit{{100, 101}, {}}));
  EXPECT_EQ(edit_of("ACGT", "AGG"), (Edit{{101, 104}, codes("GG")}));
}

TEST(Edit, OfARepeatTheFirstBasesChange) {
  EXPECT_EQ(edit_of("CAAA", "CAA"), (Edit{{101, 102}, {}}));
  EXPECT_EQ(edit_of("CAA", "CAAA"), (Edit{{101, 101}, codes("A")}));
}

TEST(Edit, MissingBasesAreBases) { EXPECT_EQ(edit_of("A", "N"), (Edit{{100, 101}, codes("N")})); }

TEST(Edit, TellsWhatIsNotScoredApart) {
  const auto verdict = [](const std::string& alt) { return read_allele(7, "AC", alt).verdict; };
  EXPECT_EQ(verdict("<DEL>"), Verdict::symbolic);
  EXPECT_EQ(verdict("<*>"), Verdict::symbolic);
  EXPECT_EQ(verdict("*"), Verdict::deleted_upstream);
  EXPECT_EQ(verdict("G]17:198982]"), Verdict::breakend);
  EXPECT_EQ(verdict("]13:123456]T"), Verdict::breakend);
  EXPECT_EQ(verdict("A."), Verdict::breakend);
  EXPECT_EQ(verdict(".C"), Verdict::breakend);
  EXPECT_EQ(verdict("A?"), Verdict::not_bases);
  EXPECT_EQ(verdict(""), Verdict::not_bases);
  EXPECT_EQ(verdict("aC"), Verdict::no_change);
  EXPECT_EQ(verdict("AC" + std::string(1001, 'G')), Verdict::too_long);
  EXPECT_EQ(verdict("AC" + std::string(1000, 'G')), Verdict::scored);
}

}  // namespace
}  // namespace iresweep
