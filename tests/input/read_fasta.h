// What the tests of the FASTA input share.
#pragma once
#include <string>
#include <vector>

#include "host/input/fasta_source.h"
#include "iresweep/error.h"

namespace iresweep::test {

struct ReadRecord {
  std::string name;
  std::string bases;  ///< as letters, N where missing
  bool operator==(const ReadRecord&) const = default;
};

struct ReadFasta {
  std::vector<ReadRecord> records;
  std::vector<InputFacts> facts;
  std::size_t largest_piece = 0;
};

/// Reads to the end and checks on the way what SequenceSource promises of pieces.
ReadFasta read_fasta(const std::vector<std::string>& paths, const FastaOptions& options = {});

/// The error that reading ends with; its what_failed is empty when there is none.
Error fasta_error(const std::vector<std::string>& paths, const FastaOptions& options = {});

/// `text` compressed; written to `scratch_path` on the way.
enum class Packing { gzip, bgzip };
std::string packed(const std::string& text, Packing packing, const std::string& scratch_path);

}  // namespace iresweep::test
