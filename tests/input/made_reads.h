// Alignments written for a test.
#pragma once
#include <string>
#include <vector>

namespace iresweep::test {

/// Bases from a seed, of the four letters.
std::string made_bases(std::size_t count, unsigned seed);

std::string reverse_complement(std::string bases);

/// A line of SAM. `tags` are written as they are, with tabs between them.
struct MadeRead {
  std::string name = "r";
  int flag = 0;
  std::string contig = "c";
  long position = 0;  ///< 0-based
  int mapq = 60;
  std::string cigar;
  std::string bases;  ///< on the contig's plus strand, as SAM stores them; empty: none
  std::string tags = "ts:A:+";
};

/// SAM text of contigs "c" (10,000 bases), "d" (5,000) and "e" (9,000), and the reads.
std::string made_sam(const std::vector<MadeRead>& reads);

}  // namespace iresweep::test
