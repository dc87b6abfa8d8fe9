#include "host/train/table.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "iresweep/error.h"
#include "tests/support/temporary_folder.h"

namespace iresweep::train {
namespace {

class TableTest : public testing::Test {
 protected:
  Table read(const std::string& text, const Columns& columns = {}, const std::vector<Condition>& where = {}) {
    return read_table(folder_.write("t.tsv", text), columns, where, Short::padded);
  }

  // The fault must be named, and its place in the file.
  void expect_error(const std::string& text, const std::string& fault, const std::string& place,
                    const Columns& columns = {}, const std::vector<Condition>& where = {}) {
    try {
      read(text, columns, where);
      FAIL() << "no error: " << text;
    } catch (const Error& error) {
      EXPECT_NE(error.what_failed.find(fault), std::string::npos) << error.what_failed;
      EXPECT_NE(error.where.find(place), std::string::npos) << error.where;
      EXPECT_FALSE(error.hint.empty());
    }
  }

  test::TemporaryFolder folder_;
};

TEST_F(TableTest, ReadsEveryColumn) {
  const Table table = read(
      "label\tid\tsequence\tsoft\tweight\tgroup\tfold\torigin\tpart\r\n"
      "1\ta\tACGTUNacgtun\t-2.5\t0.5\tg\t3\tvirus\tnative\r\n"
      "\tb\tA\t\t\t\t\t\t\n");
  ASSERT_EQ(table.rows.size(), 2u);
  const Row &a = table.rows[0], &b = table.rows[1];
  EXPECT_EQ(a.label, 1);
  EXPECT_EQ(a.soft, -2.5f);
  EXPECT_EQ(a.weight, 0.5f);
  EXPECT_EQ(a.group, "g");
  EXPECT_EQ(a.fold, 3);
  EXPECT_EQ(a.origin, "virus");
  EXPECT_EQ(a.part, "native");
  EXPECT_FALSE(b.label || b.soft || b.fold);
  EXPECT_EQ(b.weight, 1);
  EXPECT_EQ(b.group, "b") << "a row without a group is one of its own";
}

TEST_F(TableTest, PadsOnTheLeft) {
  const Table table = read("id\tsequence\na\tacGU\n");
  ASSERT_EQ(table.rows[0].codes.size(), std::size_t(kWindow));
  EXPECT_EQ(std::count(table.rows[0].codes.begin(), table.rows[0].codes.end(), kMissing), kWindow - 4);
  const std::vector<BaseCode> end(table.rows[0].codes.end() - 4, table.rows[0].codes.end());
  EXPECT_EQ(end, (std::vector<BaseCode>{0, 1, 2, 3}));
}

TEST_F(TableTest, KeepsTheRowsThatMeetEveryCondition) {
  const std::string text = "id\tsequence\torigin\tkind\na\tA\tvirus\tx\nb\tA\thuman\tx\nc\tA\tvirus\ty\n";
  const Table table = read(text, {}, {{"origin", "virus"}, {"kind", "x"}});
  ASSERT_EQ(table.rows.size(), 1u);
  EXPECT_EQ(table.rows[0].id, "a");
  expect_error(text, "no row is left", "t.tsv", {}, {{"origin", "moon"}});
  expect_error(text, "no column 'colour'", "t.tsv", {}, {{"colour", "red"}});
}

TEST_F(TableTest, NamesWhatIsMissing) {
  expect_error("", "empty", "t.tsv");
  expect_error("id\tlabel\na\t1\n", "no column 'sequence'", "t.tsv");
  expect_error("sequence\nA\n", "no column 'id'", "t.tsv");
  Columns columns;
  columns.group = "cluster";
  expect_error("id\tsequence\na\tA\n", "no column 'cluster'", "t.tsv", columns);
  expect_error("id\tsequence\n", "no row is left", "t.tsv");
  EXPECT_THROW(read_table(folder_.path("absent.tsv"), {}, {}), Error);
}

TEST_F(TableTest, NamesTheLineOfBadValues) {
  expect_error("id\tsequence\tlabel\na\tA\t1\nb\tA\t2\n", "label is 2", "line 3");
  expect_error("id\tsequence\tlabel\na\tA\tyes\n", "'yes' in column 'label'", "line 2");
  expect_error("id\tsequence\tlabel\na\tA\t0.5\n", "'0.5' in column 'label'", "line 2");
  expect_error("id\tsequence\tsoft\na\tA\tnan\n", "'nan' in column 'soft'", "line 2");
  expect_error("id\tsequence\tsoft\na\tA\tinf\n", "'inf' in column 'soft'", "line 2");
  expect_error("id\tsequence\tweight\na\tA\t-1\n", "weight is negative", "line 2");
  expect_error("id\tsequence\tfold\na\tA\t-1\n", "fold is negative", "line 2");
  expect_error("id\tsequence\na\tA\textra\n", "cells", "line 2");
}

TEST_F(TableTest, NamesTheLineOfBadSequences) {
  expect_error("id\tsequence\na\t\n", "empty", "line 2");
  expect_error("id\tsequence\na\tACGE\n", "'E' is no base", "line 2");
  expect_error("id\tsequence\na\t" + std::string(kWindow + 1, 'A') + "\n", "175 bases", "line 2");
  EXPECT_EQ(read("id\tsequence\na\t" + std::string(kWindow, 'A') + "\n").rows.size(), 1u);
}

TEST_F(TableTest, RefusesShortSequencesUnlessTheyMayBePadded) {
  const std::string path = folder_.write("t.tsv", "id\tsequence\na\t" + std::string(kWindow - 1, 'A') + "\n");
  EXPECT_EQ(read_table(path, {}, {}, Short::padded).rows.size(), 1u);
  try {
    read_table(path, {}, {});
    FAIL() << "no error";
  } catch (const Error& error) {
    EXPECT_NE(error.what_failed.find("173 bases"), std::string::npos) << error.what_failed;
    EXPECT_NE(error.where.find("line 2"), std::string::npos) << error.where;
    EXPECT_NE(error.hint.find("--pad"), std::string::npos) << error.hint;
  }
}

TEST_F(TableTest, ReadsWhatItWrites) {
  const Table table = read("id\tsequence\tlabel\tsoft\tgroup\tfold\na\tACG\t0\t0.1\tg\t1\nb\tGGG\t\t\t\t\n");
  write_table(table.rows, folder_.path("copy.tsv"));
  const Table copy = read_table(folder_.path("copy.tsv"), {}, {}, Short::padded);
  ASSERT_EQ(copy.rows.size(), table.rows.size());
  for (std::size_t i = 0; i < copy.rows.size(); ++i) {
    EXPECT_EQ(copy.rows[i].codes, table.rows[i].codes);
    EXPECT_EQ(copy.rows[i].label, table.rows[i].label);
    EXPECT_EQ(copy.rows[i].soft, table.rows[i].soft) << "to the last bit";
    EXPECT_EQ(copy.rows[i].fold, table.rows[i].fold);
    EXPECT_EQ(copy.rows[i].group, table.rows[i].group);
  }
}

}  // namespace
}  // namespace iresweep::train
