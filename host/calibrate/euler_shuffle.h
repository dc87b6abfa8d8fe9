// Shuffles that keep the count of every dinucleotide.
//
// Altschul and Erickson: Significance of nucleotide sequence alignments: a method for random sequence permutation that
// preserves dinucleotide and codon usage, Mol Biol Evol 2 (1985). A sequence is a walk over the graph that has an edge
// for each of its dinucleotides; every walk over all edges from the first base is a shuffle of it.
#pragma once
#include <cstddef>
#include <span>

#include "host/calibrate/random.h"
#include "iresweep/bases.h"

namespace iresweep {

/// The longest sequence that can be shuffled at once: the walks' weights then fit 64 bits.
inline constexpr std::size_t kMostShuffled = std::size_t(1) << 20;

/// Puts `codes` (no missing base, at most kMostShuffled) into another order: each that has the same count of every
/// dinucleotide and the same first base is equally likely. The last base then stays too.
void shuffle_dinucleotides(std::span<BaseCode> codes, Random& random);

}  // namespace iresweep
