#include "host/input/alignments/cigar.h"

#include <htslib/sam.h>

namespace iresweep {
namespace {

constexpr int kOnRead = 1, kOnContig = 2;  // bits of bam_cigar_type()

}  // namespace

std::vector<AlignedPart> aligned_parts(Cigar cigar, std::int64_t position) {
  std::vector<AlignedPart> parts;
  std::int64_t offset = 0;
  Interval intron;  // since the last part
  for (const std::uint32_t operation : cigar) {
    const int type = bam_cigar_type(bam_cigar_op(operation));
    const std::int64_t size = bam_cigar_oplen(operation);
    if (type == (kOnRead | kOnContig) && size > 0) {
      AlignedPart* last = parts.empty() ? nullptr : &parts.back();
      if (last && last->bases.end == position && last->offset + last->bases.size() == offset)
        last->bases.end += size;
      else
        parts.push_back({{position, position + size}, offset, intron});
      intron = {};
    }
    if (bam_cigar_op(operation) == BAM_CREF_SKIP)
      intron = {intron.size() > 0 ? intron.start : position, position + size};
    if (type & kOnRead) offset += size;
    if (type & kOnContig) position += size;
  }
  if (!parts.empty()) parts.front().intron = {};
  return parts;
}

std::int64_t read_size(Cigar cigar) {
  std::int64_t size = 0;
  for (const std::uint32_t operation : cigar)
    if (bam_cigar_type(bam_cigar_op(operation)) & kOnRead) size += bam_cigar_oplen(operation);
  return size;
}

std::int64_t aligned_bases(const std::vector<AlignedPart>& parts) {
  std::int64_t bases = 0;
  for (const AlignedPart& part : parts) bases += part.bases.size();
  return bases;
}

}  // namespace iresweep
