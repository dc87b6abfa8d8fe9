// Annotations made up line by line, and read.
#pragma once
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "host/input/gene_models/gene_models.h"
#include "iresweep/error.h"
#include "tests/support/temporary_folder.h"

namespace iresweep::test {

using Exons = std::vector<Interval>;

class GeneModelsTest : public testing::Test {
 protected:
  GeneModels read(const std::string& text) { return read_gene_models(folder_.write("a", text), contradictions_); }
  std::string fault(const std::string& text) {
    try {
      read(text);
    } catch (const Error& error) {
      return error.what_failed + " @ " + error.where;
    }
    return "none";
  }

  const TemporaryFolder folder_;
  Contradictions contradictions_{false};
};

inline std::string gtf(const std::string& contig, const std::string& type, int first, int last, char strand,
                       const std::string& ids, char phase = '.') {
  return contig + "\tsource\t" + type + '\t' + std::to_string(first) + '\t' + std::to_string(last) + "\t.\t" + strand +
         '\t' + phase + '\t' + ids + " gene_name \"n\"; tag \"basic\"; tag \"CCDS\";\n";
}
inline const std::string kT1 = "gene_id \"g1\"; transcript_id \"t1\";", kT2 = "gene_id \"g1\"; transcript_id \"t2\";";

}  // namespace iresweep::test
