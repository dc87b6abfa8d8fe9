// Sequences and weights to measure with.
#pragma once
#include <string>
#include <vector>

#include "iresweep/model.h"

namespace iresweep::bench {

/// $IRESWEEP_BENCH_FASTA, or nothing when it is not set.
const char* given_fasta();

/// The records of the given file (plain text); else 1,000 of 1,900 random bases, as long as a typical transcript.
const std::vector<std::vector<BaseCode>>& records();

/// The same random records as a FASTA file.
std::string random_fasta();

/// The model that $IRESWEEP_BENCH_MODEL names; else weights from a seed that score a quarter of random windows above
/// 0.5. The engine's speed does not depend on weights; a scan's does a little, by the number of hits.
const Model& model();

}  // namespace iresweep::bench
