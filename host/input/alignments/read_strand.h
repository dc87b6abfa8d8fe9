// The strand of the genome that a read's transcript lies on.
#pragma once
#include <optional>

#include "iresweep/bases.h"

struct bam1_t;

namespace iresweep {

/// What is known of reads without a tag.
enum class ReadDirection {
  unknown,
  forward,  ///< they read as their transcript (direct RNA; of a pair the first read)
  reverse   ///< they read as its reverse complement
};

/// By the tag ts:A (minimap2: the transcript's strand, relative to the read), else XS:A (the strand of the genome),
/// else by the direction of the read and its FLAG. Tags of those names but of another type mean something else.
std::optional<Strand> transcript_strand(const bam1_t& read, ReadDirection direction);

}  // namespace iresweep
