#include "host/input/alignments/read_strand.h"

#include <htslib/sam.h>

#include "host/input/coordinate_map.h"

namespace iresweep {
namespace {

std::optional<Strand> strand_tag(const bam1_t& read, const char* name) {
  const std::uint8_t* tag = bam_aux_get(&read, name);
  if (!tag || *tag != 'A') return std::nullopt;
  const char value = bam_aux2A(tag);
  if (value == '+') return Strand::plus;
  if (value == '-') return Strand::minus;
  return std::nullopt;
}

}  // namespace

std::optional<Strand> transcript_strand(const bam1_t& read, ReadDirection direction) {
  const Strand aligned = bam_is_rev(&read) ? Strand::minus : Strand::plus;
  if (const auto relative = strand_tag(read, "ts")) return *relative == Strand::plus ? aligned : opposite(aligned);
  if (const auto strand = strand_tag(read, "XS")) return strand;
  if (direction == ReadDirection::unknown) return std::nullopt;
  const bool second = (read.core.flag & BAM_FPAIRED) && (read.core.flag & BAM_FREAD2);
  return (direction == ReadDirection::forward) != second ? aligned : opposite(aligned);
}

}  // namespace iresweep
