// GFF3: Ensembl, GENCODE, RefSeq. A transcript is what is the Parent of exons, or of coding stretches.
#include <algorithm>
#include <cctype>
#include <optional>
#include <string>

#include "host/input/fields.h"
#include "host/input/gene_models/annotation_line.h"
#include "host/input/gene_models/annotation_readers.h"

namespace iresweep {
namespace {

struct Attributes {
  std::string_view id, parents, gene, molecule;
};

Attributes parse_attributes(std::string_view text) {
  Attributes found;
  for (std::string_view attribute : split_fields(text, ';')) {
    attribute.remove_prefix(std::min(attribute.find_first_not_of(" \t"), attribute.size()));
    const auto take = [&](std::string_view key, std::string_view& value) {
      if (attribute.starts_with(key)) value = attribute.substr(key.size());
    };
    take("ID=", found.id);
    take("Parent=", found.parents);
    take("geneID=", found.gene);  // as gffread names it, which writes no genes
    take("mol_type=", found.molecule);
  }
  return found;
}

// %2C and the like, as GFF3 writes what would end a value.
std::string decoded(std::string_view text) {
  const auto digit = [](char c) { return std::isdigit(static_cast<unsigned char>(c)) ? c - '0' : (c | 32) - 'a' + 10; };
  std::string plain;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool escape = text[i] == '%' && i + 2 < text.size() &&
                        std::isxdigit(static_cast<unsigned char>(text[i + 1])) &&
                        std::isxdigit(static_cast<unsigned char>(text[i + 2]));
    plain += escape ? char(16 * digit(text[i + 1]) + digit(text[i + 2])) : text[i];
    if (escape) i += 2;
  }
  return plain;
}

void read_line(const AnnotationLine& line, ModelBuilder& builder) {
  const auto [id, parents, gene, molecule] = parse_attributes(line.attributes);
  // RefSeq's line of a viral genome: mol_type=genomic RNA.
  if (line.type == "region" && molecule.find("RNA") != molecule.npos) return builder.add_rna_genome(line);
  const auto part = part_of(line.type);
  if (part && *part != Part::whole) {
    if (parents.empty()) return builder.add(decoded(id.empty() ? line.contig : id), *part, line);
    for (const std::string_view parent : split_fields(parents, ',')) builder.add(decoded(parent), *part, line);
    return;
  }
  if (id.empty()) return;
  if (part) {
    builder.add(decoded(id), Part::whole, line);
    builder.describe(decoded(id), "", decoded(gene));
  }
  if (!parents.empty()) builder.set_parent(decoded(id), decoded(split_fields(parents, ',').front()));
}

}  // namespace

GeneModels read_gff3(LineReader& lines, std::string first, Contradictions& contradictions) {
  ModelBuilder builder;
  for (std::optional<std::string_view> text = first; text; text = lines.next()) {
    if (text->starts_with("##FASTA") || text->starts_with('>')) break;
    if (is_annotation_data(*text)) read_line(parse_annotation_line(*text, lines), builder);
  }
  return builder.finish(lines.name(), contradictions);
}

}  // namespace iresweep
