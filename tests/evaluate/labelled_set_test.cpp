// Labels as people write them, and what they write wrongly.
#include "host/evaluate/labelled_set.h"

#include <gtest/gtest.h>

#include <string>

#include "iresweep/error.h"
#include "tests/support/fasta_text.h"
#include "tests/support/temporary_folder.h"

namespace iresweep {
namespace {

using Add = void (*)(LabelledSet&, const std::string&, const LabelRules&);

class LabelledSetTest : public ::testing::Test {
 protected:
  LabelledSet read(Add add, const std::string& name, const std::string& text, const LabelRules& rules = {}) {
    LabelledSet set;
    add(set, folder_.write(name, text), rules);
    return set;
  }

  /// The text of the error that reading gives.
  std::string fault(Add add, const std::string& name, const std::string& text, const LabelRules& rules = {}) {
    try {
      read(add, name, text, rules);
    } catch (const Error& error) {
      EXPECT_FALSE(error.hint.empty()) << error.what_failed;
      return error.what_failed + " (" + error.where + ")";
    }
    return "no error";
  }

  test::TemporaryFolder folder_;
};

void expect_contains(const std::string& text, const std::vector<std::string>& parts) {
  for (const std::string& part : parts) EXPECT_NE(text.find(part), std::string::npos) << part << " in: " << text;
}

TEST_F(LabelledSetTest, ReadsPublishedNames) {
  const LabelledSet set = read(add_labelled_fasta, "a.fa", ">ires0|1|\nACGU\nac\n>ires1|0|\nNNT\n");
  ASSERT_EQ(set.records.size(), 2u);
  EXPECT_EQ(set.records[0].name, "ires0|1|");
  EXPECT_EQ(set.records[0].codes, test::encode("ACGTAC"));
  EXPECT_TRUE(set.records[0].positive);
  EXPECT_FALSE(set.records[1].positive);
  EXPECT_EQ(labels_of(set), (std::vector<bool>{true, false}));
  EXPECT_EQ(set.inputs.size(), 1u);
}

TEST_F(LabelledSetTest, FindsTheFieldThatIsAskedFor) {
  LabelRules rules;
  rules.separator = "__";
  rules.field = 3;
  const LabelledSet set = read(add_labelled_fasta, "a.fa", ">a__b__1\nA\n>__x__0__1 label 1\nC\n", rules);
  EXPECT_EQ(labels_of(set), (std::vector<bool>{true, false}));
  rules.field = 1;
  EXPECT_EQ(labels_of(read(add_labelled_fasta, "a.fa", ">1\nA\n>0__x\nC\n", rules)), (std::vector<bool>{true, false}));
}

TEST_F(LabelledSetTest, RefusesFastaLabelsThatAreNone) {
  expect_contains(fault(add_labelled_fasta, "a.fa", ">x|1|\nA\n>y|2|\nC\n"), {"'2'", "a.fa", "record 2", "y|2|"});
  expect_contains(fault(add_labelled_fasta, "a.fa", ">x|true\nA\n"), {"'true'"});
  expect_contains(fault(add_labelled_fasta, "a.fa", ">x\nA\n"), {"no label", "field 2"});
  expect_contains(fault(add_labelled_fasta, "a.fa", ">x||\nA\n"), {"no label"});
  expect_contains(fault(add_labelled_fasta, "a.fa", ">x|1|\n>y|0|\nA\n"), {"no base", "x|1|"});
  LabelRules rules;
  rules.skip_unlabelled = true;
  const LabelledSet set = read(add_labelled_fasta, "a.fa", ">x\nA\n>y|1\nC\n", rules);
  EXPECT_EQ(set.records.size(), 1u);
  EXPECT_EQ(set.unlabelled, 1u);
}

TEST_F(LabelledSetTest, ReadsTwoFilesOfOneClassEach) {
  LabelledSet set;
  add_fasta_of_one_class(set, folder_.write("p.fa", ">a|0|\nACG\n>b\nA\n"), true);
  add_fasta_of_one_class(set, folder_.write("n.fa", ">c\nAC\n"), false);
  EXPECT_EQ(labels_of(set), (std::vector<bool>{true, true, false}));
  EXPECT_EQ(set.inputs.size(), 2u);
}

TEST_F(LabelledSetTest, ReadsTables) {
  const LabelledSet set = read(add_labelled_table, "a.tsv",
                               "\xef\xbb\xbfid\tfold\tsequence\tlabel\r\n"
                               "a\t0\tacgu\t1\r\n\r\n"
                               "b\t1\tNNRA\t0");
  ASSERT_EQ(set.records.size(), 2u);
  EXPECT_EQ(set.records[0].codes, test::encode("ACGT"));
  EXPECT_EQ(set.records[1].codes, test::encode("NNNA"));
  EXPECT_EQ(set.records[1].name, "b");
  EXPECT_EQ(labels_of(set), (std::vector<bool>{true, false}));
  EXPECT_EQ(set.inputs[0].records, 2u);
}

TEST_F(LabelledSetTest, ReadsTablesOfOtherColumnsAndChoosesRows) {
  LabelRules rules;
  rules.id_column = "name", rules.sequence_column = "seq", rules.label_column = "ires";
  rules.where = {{"fold", "0"}, {"origin", ""}};
  const LabelledSet set = read(add_labelled_table, "a.tsv",
                               "name\tseq\tires\tfold\torigin\n"
                               "a\tA\t1\t0\t\nb\tC\t0\t1\t\nc\tG\t0\t0\thuman\nd\tT\t0\t0\t\ne\t-\tx\t1\t\n",
                               rules);
  ASSERT_EQ(set.records.size(), 2u);
  EXPECT_EQ(set.records[1].name, "d");
  EXPECT_EQ(set.filtered, 3u);
}

TEST_F(LabelledSetTest, RefusesWhatIsWrongInTables) {
  const std::string header = "id\tsequence\tlabel\n";
  expect_contains(fault(add_labelled_table, "a.tsv", "id\tseq\tlabel\na\tA\t1\n"), {"no column 'sequence'", "a.tsv"});
  expect_contains(fault(add_labelled_table, "a.tsv", "id\tsequence\tlabel\tlabel\n"), {"2 columns", "'label'"});
  expect_contains(fault(add_labelled_table, "a.tsv", header + "a\tA\t1\nb\tC\t1.0\n"), {"'1.0'", "line 3"});
  expect_contains(fault(add_labelled_table, "a.tsv", header + "a\tA\t\n"), {"no label", "line 2"});
  expect_contains(fault(add_labelled_table, "a.tsv", header + "a\tA\n"), {"2 cells", "line 2"});
  expect_contains(fault(add_labelled_table, "a.tsv", header + "a\tA*\t1\n"), {"'*'", "line 2"});
  expect_contains(fault(add_labelled_table, "a.tsv", header + "a\t\t1\n"), {"no base", "line 2"});
  expect_contains(fault(add_labelled_table, "a.tsv", ""), {"empty"});
  expect_contains(fault(add_labelled_table, "a.tsv", std::string("\x1f\x8b\x08\x00\x00", 5)), {"a.tsv"});
  LabelRules rules;
  rules.where = {{"fold", "0"}};
  expect_contains(fault(add_labelled_table, "a.tsv", header + "a\tA\t1\n", rules), {"no column 'fold'"});
  rules = {};
  rules.skip_unlabelled = true;
  EXPECT_EQ(read(add_labelled_table, "a.tsv", header + "a\tA\t\nb\tA\t1\n", rules).unlabelled, 1u);
}

TEST_F(LabelledSetTest, WantsBothClasses) {
  EXPECT_NO_THROW(check_both_classes(read(add_labelled_fasta, "a.fa", ">x|1|\nA\n>y|0|\nC\n")));
  EXPECT_THROW(check_both_classes(read(add_labelled_fasta, "a.fa", ">x|1|\nA\n")), Error);
  EXPECT_THROW(check_both_classes(read(add_labelled_fasta, "a.fa", ">x|0|\nA\n")), Error);
  EXPECT_THROW(check_both_classes({}), Error);
}

TEST(IsTable, GoesByTheName) {
  for (const char* name : {"a.tsv", "b/a.tsv.gz"}) EXPECT_TRUE(is_table(name));
  for (const char* name : {"a.fa", "-", "tsv", "a.tsv.fa.gz"}) EXPECT_FALSE(is_table(name));
}

}  // namespace
}  // namespace iresweep
