// kernels/cuda/RESOURCES.md, the compiler's word on each kernel: no spills, and the occupancy that the kernels count
// on. tools/check/cuda.sh holds the table to the kernels.
#include <gtest/gtest.h>

#include <fstream>
#include <map>
#include <sstream>
#include <string>
#include <vector>

#include "tests/support/shared_data.h"

namespace iresweep::test {
namespace {

struct Row {
  std::string kernel;
  int architecture = 0, threads = 0, registers = 0, spills = -1, shared = 0, blocks = 0, warps = 0, wanted = 0;
};

std::vector<Row> read_rows() {
  std::vector<Row> rows;
  std::ifstream file(project_file("kernels/cuda/RESOURCES.md"));
  for (std::string line; std::getline(file, line);) {
    std::istringstream cells(line);
    Row row;
    char bar = 0;
    cells >> bar >> row.kernel;
    for (int* value : {&row.architecture, &row.threads, &row.registers, &row.spills, &row.shared, &row.blocks,
                       &row.warps, &row.wanted})
      cells >> bar >> *value;
    if (cells) rows.push_back(row);
  }
  return rows;
}

TEST(Resources, NoSpillsAndEnoughWarps) {
  std::map<std::string, int> architectures;
  for (const Row& row : read_rows()) {
    const std::string place = row.kernel + " on sm_" + std::to_string(row.architecture);
    ++architectures[row.kernel];
    EXPECT_EQ(row.spills, 0) << place;
    EXPECT_LE(row.registers, 255) << place;
    EXPECT_LE(row.blocks * row.threads * row.registers, 65536) << place;
    EXPECT_EQ(row.warps, row.blocks * row.threads / 32) << place;
    EXPECT_GE(row.warps, row.wanted) << place;
    EXPECT_GE(row.wanted, 12) << place;
  }
  EXPECT_EQ(architectures.size(), 7u);
  for (const auto& [kernel, count] : architectures) EXPECT_EQ(count, 3) << kernel;
}

}  // namespace
}  // namespace iresweep::test
