#include "bench/records.h"

#include <cstdlib>
#include <fstream>

#include "tests/support/seeded_network.h"

namespace iresweep::bench {
namespace {

using Records = std::vector<std::vector<BaseCode>>;

Records read_records(const char* path) {
  Records records;
  std::ifstream file(path);
  for (std::string line; std::getline(file, line);) {
    if (line.starts_with('>')) {
      records.emplace_back();
      continue;
    }
    for (const char letter : line) {
      const auto code = std::string("ACGT").find(letter);
      records.back().push_back(code == std::string::npos ? kMissing : BaseCode(code));
    }
  }
  return records;
}

Records random_records() {
  test::Random random(1);
  Records records;
  for (int i = 0; i < 1000; ++i) records.push_back(test::random_codes(random, 1900));
  return records;
}

Model choose_model() {
  if (const char* path = std::getenv("IRESWEEP_BENCH_MODEL")) return load_model(path);
  Model model;
  model.name = "seeded";
  model.network = test::seeded_network(1);
  model.network.output.bias[0] -= 0.6f;
  return model;
}

}  // namespace

const char* given_fasta() { return std::getenv("IRESWEEP_BENCH_FASTA"); }

const Records& records() {
  static const Records list = given_fasta() ? read_records(given_fasta()) : random_records();
  return list;
}

std::string random_fasta() {
  std::string text;
  for (const auto& codes : random_records()) {
    text += ">record\n";
    for (const BaseCode code : codes) text += "ACGTN"[code];
    text += '\n';
  }
  return text;
}

const Model& model() {
  static const Model chosen = choose_model();
  return chosen;
}

}  // namespace iresweep::bench
