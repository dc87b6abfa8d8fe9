// GFF3: Ensembl, GENCODE, RefSeq. A transcript is what is the Parent of exons, or of coding stretches.
#include <algorithm>
#include <cctype>
#include <string>

#include "host/input/fields.h"
#include "host/input/gene_models/annotation_line.h"
#include "host/input/gene_models/annotation_readers.h"
#include "host/input/gene_models/model_builder.h"

namespace iresweep {
namespace {

struct Gff3Attributes {
  std::string_view id, parents, name, gene, gene_id, transcript, molecule, tags, start_range, end_range, codon_start;
};

Gff3Attributes parse_attributes(std::string_view text) {
  Gff3Attributes found;
  for (std::string_view attribute : split_fields(text, ';')) {
    attribute.remove_prefix(std::min(attribute.find_first_not_of(" \t"), attribute.size()));
    const auto take = [&](std::string_view key, std::string_view& value) {
      if (attribute.starts_with(key)) value = attribute.substr(key.size());
    };
    take("ID=", found.id);
    take("Parent=", found.parents);
    take("Name=", found.name);
    take("gene=", found.gene);
    take("geneID=", found.gene_id);  // as gffread names it, which writes no genes
    take("transcript_id=", found.transcript);
    take("mol_type=", found.molecule);
    take("tag=", found.tags);
    take("start_range=", found.start_range);
    take("end_range=", found.end_range);
    take("codon_start=", found.codon_start);
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

// The accession, where the identifier does not begin with it: "rna0" of RefSeq's older files. "rna-NM_1.1-2" tells
// more, the second place of NM_1.1.
std::string_view transcript_name(const Gff3Attributes& attributes) {
  const std::string_view id = bare_id(attributes.id), name = attributes.transcript;
  const bool within =
      id.starts_with(name) && (id.size() == name.size() || !std::isalnum(static_cast<unsigned char>(id[name.size()])));
  return within ? std::string_view() : name;
}

// RefSeq's older files number genes: "gene0". Any other identifier is the name, and unique.
std::string_view gene_name(const Gff3Attributes& attributes) {
  constexpr std::string_view prefix = "gene";
  const std::string_view id = attributes.id;
  if (!id.starts_with(prefix) || id.find_first_not_of("0123456789", prefix.size()) != id.npos) return {};
  return attributes.gene.empty() ? attributes.name : attributes.gene;
}

// Of a coding stretch: RefSeq gives a range where the end of a feature is not known, from or to '.', and GenBank the
// place of the first codon, from 1.
bool begins_inside(const Gff3Attributes& attributes, char strand) {
  const bool open = strand == '-' ? attributes.end_range.ends_with('.') : attributes.start_range.starts_with('.');
  return open || (!attributes.codon_start.empty() && attributes.codon_start != "1");
}

void read_part(Part part, const Gff3Attributes& attributes, const AnnotationLine& line, ModelBuilder& builder) {
  if (!attributes.parents.empty()) {
    for (const std::string_view parent : split_fields(attributes.parents, ','))
      builder.add(decoded(parent), part, line);
    return;
  }
  const std::string id = decoded(attributes.id.empty() ? line.contig : attributes.id);
  builder.add(id, part, line);
  builder.describe(id, "", decoded(attributes.gene));
}

void read_whole(const Gff3Attributes& attributes, const AnnotationLine& line, ModelBuilder& builder) {
  const std::string id = decoded(attributes.id);
  const bool orphan = attributes.parents.empty() && attributes.gene_id.empty();
  builder.add(id, Part::whole, line);
  builder.describe(id, decoded(transcript_name(attributes)), decoded(orphan ? attributes.gene : attributes.gene_id));
  if (is_unspliced(line.type)) builder.let_stand_alone(id);
}

void read_line(AnnotationLine line, ModelBuilder& builder) {
  const Gff3Attributes attributes = parse_attributes(line.attributes);
  // RefSeq's line of a viral genome: mol_type=genomic RNA.
  if (line.type == "region" && attributes.molecule.find("RNA") != attributes.molecule.npos)
    return builder.add_rna_genome(line);
  const auto part = part_of(line.type);
  line.start_missing =
      tells_missing_start(attributes.tags) || (part == Part::coding && begins_inside(attributes, line.strand));
  if (part && *part != Part::whole) return read_part(*part, attributes, line, builder);
  if (attributes.id.empty()) return;
  const std::string id = decoded(attributes.id);
  if (part) read_whole(attributes, line, builder);
  if (line.type.ends_with("gene")) builder.add_gene(id, decoded(gene_name(attributes)), line);
  if (!attributes.parents.empty()) builder.set_parent(id, decoded(split_fields(attributes.parents, ',').front()));
}

}  // namespace

GeneModels read_gff3(LineReader& lines, Contradictions& contradictions) {
  ModelBuilder builder;
  while (const auto text = lines.next()) {
    if (text->starts_with("##FASTA") || text->starts_with('>')) break;
    if (is_annotation_data(*text)) read_line(parse_annotation_line(*text, lines), builder);
  }
  return builder.finish(lines.name(), contradictions);
}

}  // namespace iresweep
