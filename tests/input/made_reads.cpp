#include "tests/input/made_reads.h"

#include <fmt/format.h>

#include <algorithm>
#include <random>

namespace iresweep::test {

std::string made_bases(std::size_t count, unsigned seed) {
  std::mt19937 random(seed);
  std::string bases;
  for (std::size_t i = 0; i < count; ++i) bases += "ACGT"[random() % 4];
  return bases;
}

std::string reverse_complement(std::string bases) {
  std::reverse(bases.begin(), bases.end());
  const std::string from = "ACGTN", to = "TGCAN";
  for (char& base : bases) base = to[from.find(base)];
  return bases;
}

std::string made_sam(const std::vector<MadeRead>& reads) {
  std::string text = "@HD\tVN:1.6\tSO:coordinate\n@SQ\tSN:c\tLN:10000\n@SQ\tSN:d\tLN:5000\n@SQ\tSN:e\tLN:9000\n";
  for (const MadeRead& read : reads)
    text += fmt::format("{}\t{}\t{}\t{}\t{}\t{}\t*\t0\t0\t{}\t*\t{}\n", read.name, read.flag, read.contig,
                        read.position + 1, read.mapq, read.cigar.empty() ? "*" : read.cigar,
                        read.bases.empty() ? "*" : read.bases, read.tags);
  return text;
}

}  // namespace iresweep::test
