// Records read round: circular RNAs.
#pragma once
#include <memory>

#include "host/input/sequence_source.h"

namespace iresweep {

/// The records of `inner` as circles: Record::circular is set, and behind its last base every record goes on with its
/// first kWindow - 1, so that a window starts at each base; one shorter than that goes round more than once. An empty
/// record stays empty. A circle has no distance to its start codon. Facts are those of `inner`.
std::unique_ptr<SequenceSource> read_round(std::unique_ptr<SequenceSource> inner);

}  // namespace iresweep
