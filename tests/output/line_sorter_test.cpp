// Lines by place, from memory and from runs on the disk.
#include "host/output/line_sorter.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <tuple>
#include <vector>

#include "tests/output/folder.h"

namespace iresweep::test {
namespace {

using Row = std::tuple<int, std::int64_t, std::int64_t, int>;  // contig, start, end, as they come

std::vector<std::string> names(const std::vector<int>& contigs) {
  std::vector<std::string> names;
  for (const int contig : contigs) names.push_back(fmt::format("chr{}", contig));
  return names;
}

std::string line_of(const Row& row) {
  const auto& [contig, start, end, serial] = row;
  return fmt::format("chr{}\t{}\t{}\t{}{}\n", contig, start, end, serial, std::string(std::size_t(serial % 90), 'x'));
}

TEST(LineSorter, SortsByPlaceInBothOrders) {
  const Folder folder;
  std::mt19937 random(3);
  std::vector<Row> rows;
  for (int i = 0; i < 3000; ++i) {
    const auto start = std::int64_t(random() % 50);
    rows.emplace_back(int(random() % 12), start, start + std::int64_t(random() % 3), i);
  }
  const std::vector<int> reference = {3, 10, 1};
  std::vector<int> appear = reference;
  for (const Row& row : rows)
    if (std::find(appear.begin(), appear.end(), std::get<0>(row)) == appear.end()) appear.push_back(std::get<0>(row));
  for (const RowOrder order : {RowOrder::reference, RowOrder::name}) {
    auto expected = rows;
    const auto rank = [&](const Row& row) {
      const int contig = std::get<0>(row);
      const auto place = int(std::find(appear.begin(), appear.end(), contig) - appear.begin());
      return order == RowOrder::name ? fmt::format("{}", contig) : fmt::format("{:02}", place);
    };
    std::sort(expected.begin(), expected.end(), [&](const Row& a, const Row& b) {
      return std::tuple(rank(a), std::get<1>(a), std::get<2>(a), std::get<3>(a)) <
             std::tuple(rank(b), std::get<1>(b), std::get<2>(b), std::get<3>(b));
    });
    std::string text;
    for (const Row& row : expected) text += line_of(row);
    for (const std::size_t memory : {1u, 5000u, 100'000'000u}) {
      std::vector<Contig> contigs;
      for (const std::string& name : names(reference)) contigs.push_back({name, 1000});
      LineSorter sorter(order, contigs, folder / "x.bed", memory);
      for (const Row& row : rows)
        sorter.add(names({std::get<0>(row)}).front(), std::get<1>(row), std::get<2>(row), line_of(row));
      std::string sorted;
      sorter.drain([&](std::string_view line) { sorted += line; });
      EXPECT_EQ(sorted, text) << memory;
    }
  }
  EXPECT_TRUE(folder.names().empty());
}

TEST(LineSorter, TakesLinesOfAnyLength) {
  const Folder folder;
  LineSorter sorter(RowOrder::name, {}, folder / "x.bed", 1);
  const std::string lengthy(300'000, 'x');
  sorter.add("b", 1, 2, lengthy);
  sorter.add("a", 1, 2, "");
  sorter.add("a", 0, 2, "short");
  std::vector<std::string> lines;
  sorter.drain([&](std::string_view line) { lines.emplace_back(line); });
  EXPECT_EQ(lines, (std::vector<std::string>{"short", "", lengthy}));
}

}  // namespace
}  // namespace iresweep::test
