// Rows of BED as records of a genome.
#include <memory>
#include <utility>

#include "host/input/genome/bed_source.h"
#include "tests/fuzz/fuzz.h"

namespace iresweep::fuzz {

void run(Input input) {
  BedSource source(std::make_unique<Genome>(std::vector{genome()}, ""), write_file("rows.bed", input.rest()));
  hold_spliced(source);
}

std::vector<std::string> seeds() {
  std::vector<std::string> all = shared_seeds("data/nasty", {".bed", ".bed12"}, "");
  for (const char* text :
       {"c\t0\t174\nchr22\t10\t900\tn\t0\t-\n#x\n", "c\t100\t900\tt\t0\t-\t150\t880\t0\t2\t300,400,\t0,400,\n",
        "c\t0\t300\tu\t7\t.\t100\t274\t0,0,0\t0.9\t.\t3\t100\t274\n"})
    all.emplace_back(text);
  return all;
}

}  // namespace iresweep::fuzz
