// A tiny FASTA reader for tests: tests of the network must not depend on the input that ships.
#pragma once
#include <filesystem>
#include <string>
#include <vector>

#include "iresweep/bases.h"

namespace iresweep::test {

struct FastaRecord {
  std::string name;  ///< up to the first blank
  std::vector<BaseCode> codes;
};

/// Any case; U is T, letters other than ACGTU are missing.
std::vector<BaseCode> encode(const std::string& letters);

/// All records of a plain file, in order.
std::vector<FastaRecord> read_fasta_text(const std::filesystem::path& path);

}  // namespace iresweep::test
