#include "tests/support/fasta_text.h"

#include <cctype>
#include <fstream>

namespace iresweep::test {

std::vector<BaseCode> encode(const std::string& letters) {
  std::vector<BaseCode> codes;
  for (const char letter : letters) {
    const char upper = char(std::toupper(static_cast<unsigned char>(letter)));
    const std::size_t code = std::string("ACGT").find(upper == 'U' ? 'T' : upper);
    codes.push_back(code == std::string::npos ? kMissing : BaseCode(code));
  }
  return codes;
}

std::vector<FastaRecord> read_fasta_text(const std::filesystem::path& path) {
  std::vector<FastaRecord> records;
  std::ifstream file(path);
  for (std::string line; std::getline(file, line);) {
    while (!line.empty() && std::isspace(static_cast<unsigned char>(line.back()))) line.pop_back();
    if (line.starts_with('>')) {
      records.push_back({line.substr(1, line.find_first_of(" \t") - 1), {}});
    } else if (!records.empty()) {
      const auto codes = encode(line);
      records.back().codes.insert(records.back().codes.end(), codes.begin(), codes.end());
    }
  }
  return records;
}

}  // namespace iresweep::test
