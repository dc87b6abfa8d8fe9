// Where the transcripts of an annotation lie on a genome.
#pragma once
#include <cstddef>
#include <vector>

#include "host/input/gene_models/gene_models.h"
#include "host/input/genome/genome.h"

namespace iresweep {

struct PlacedModels {
  std::vector<std::size_t> contig_of;  ///< of the genome, one a contig of the annotation; undefined where none fits
  std::vector<std::size_t> order;      ///< the transcripts that fit the genome, by contig, first base, last base, and
                                       ///< place in the annotation
};

/// Those that do not fit go to `contradictions`. Throws Error where no contig fits, and what `contradictions` throws.
PlacedModels place_models(const GeneModels& models, const Genome& genome, Contradictions& contradictions);

}  // namespace iresweep
