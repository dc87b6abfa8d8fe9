#include "host/input/gene_models/annotation_line.h"

#include <fmt/format.h>

#include <array>

#include "host/input/fasta_faults.h"
#include "host/input/fields.h"
#include "iresweep/error.h"

namespace iresweep {
namespace {

struct PartName {
  std::string_view type;
  Part part;
};
constexpr std::array kParts = {
    PartName{"exon", Part::exon},
    PartName{"pseudogenic_exon", Part::exon},
    PartName{"CDS", Part::coding},
    PartName{"start_codon", Part::start_codon},
    PartName{"stop_codon", Part::stop_codon},
    PartName{"UTR", Part::untranslated},
    PartName{"5UTR", Part::untranslated},
    PartName{"3UTR", Part::untranslated},
    PartName{"five_prime_utr", Part::untranslated},
    PartName{"three_prime_utr", Part::untranslated},
    PartName{"five_prime_UTR", Part::untranslated},
    PartName{"three_prime_UTR", Part::untranslated},
    PartName{"transcript", Part::whole},
};

}  // namespace

AnnotationLine parse_annotation_line(std::string_view line, const LineReader& lines) {
  const auto fields = split_fields(line, '\t');
  AnnotationLine parsed;
  std::int64_t first = 0, last = 0;
  if (fields.size() < 9 || !parse_position(fields[3], first) || !parse_position(fields[4], last) ||
      fields[6].size() != 1)
    throw Error(fmt::format("{} is no line of an annotation", in_quotes(line)), lines.place(),
                "GTF and GFF3 have nine columns with tabs between them, positions in the fourth and fifth");
  parsed.contig = fields[0];
  parsed.type = fields[2];
  parsed.place = {first - 1, last};
  parsed.strand = fields[6][0];
  parsed.phase = fields[7].empty() ? '.' : fields[7][0];
  parsed.attributes = fields[8];
  parsed.number = lines.line();
  return parsed;
}

std::optional<Part> part_of(std::string_view type) {
  for (const auto& [name, part] : kParts)
    if (name == type) return part;
  // mRNA, lnc_RNA, tRNA, primary_transcript, ...
  if (type.ends_with("RNA") || type.ends_with("_transcript")) return Part::whole;
  return std::nullopt;
}

bool is_unspliced(std::string_view type) {
  return (type.ends_with("RNA") && type != "mRNA") || type.ends_with("primary_transcript");
}

bool tells_missing_start(std::string_view tags) { return tags.find("cds_start_NF") != tags.npos; }

bool is_annotation_data(std::string_view line) {
  return line.find_first_not_of(" \t") != line.npos && !line.starts_with('#');
}

}  // namespace iresweep
