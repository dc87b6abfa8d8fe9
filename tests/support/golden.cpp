#include "tests/support/golden.h"

#include <algorithm>
#include <fstream>
#include <iomanip>
#include <sstream>
#include <stdexcept>

#include "tests/support/fasta_text.h"
#include "tests/support/shared_data.h"

namespace iresweep::test {
namespace {

constexpr const char* kMagic = "iresweep golden 1";

[[noreturn]] void refuse(const std::string& line) { throw std::runtime_error("not a line of goldens: " + line); }

GoldenWindow read_window(std::istringstream& words, const std::string& line) {
  std::string letters;
  GoldenWindow window;
  if (!(words >> letters >> window.logit) || letters.size() != window.codes.size()) refuse(line);
  std::ranges::copy(encode(letters), window.codes.begin());
  return window;
}

GoldenRow read_row(std::istringstream& words, const std::string& line) {
  GoldenRow row;
  if (!(words >> row.layer >> row.position)) refuse(line);
  for (double value = 0; words >> value;) row.values.push_back(value);
  if (!words.eof() || row.values.empty()) refuse(line);
  return row;
}

}  // namespace

Golden read_golden() {
  std::ifstream file(project_file("tests/goldens/oracle.txt"));
  return read_golden(file);
}

Golden read_golden(std::istream& text) {
  Golden golden;
  std::string line;
  if (!std::getline(text, line) || line != kMagic) refuse(line);
  while (std::getline(text, line)) {
    std::istringstream words(line);
    std::string kind;
    words >> kind;
    if (kind == "seed")
      words >> golden.seed;
    else if (kind == "weights")
      words >> golden.weights_hash;
    else if (kind == "window")
      golden.windows.push_back(read_window(words, line));
    else if (kind == "row" && !golden.windows.empty())
      golden.windows.back().rows.push_back(read_row(words, line));
    else
      refuse(line);
  }
  return golden;
}

void write_golden(std::ostream& text, const Golden& golden) {
  text << std::setprecision(17) << kMagic << "\nseed " << golden.seed << "\nweights " << golden.weights_hash << '\n';
  for (const GoldenWindow& window : golden.windows) {
    text << "window ";
    for (const BaseCode code : window.codes) text << "ACGTN"[code];
    text << ' ' << window.logit << '\n';
    for (const GoldenRow& row : window.rows) {
      text << "row " << row.layer << ' ' << row.position;
      for (const double value : row.values) text << ' ' << value;
      text << '\n';
    }
  }
}

}  // namespace iresweep::test
