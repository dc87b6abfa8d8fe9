#include "host/input/gene_models/gene_models.h"

#include <utility>

#include "host/input/bed_lines.h"
#include "host/input/fields.h"
#include "host/input/gene_models/annotation_readers.h"
#include "host/input/line_reader.h"
#include "iresweep/error.h"

namespace iresweep {
namespace {

using Reader = GeneModels (*)(LineReader&, std::string, Contradictions&);

// By the first line of data, where no line before it says GFF3: BED has positions in its second and third column, GFF3
// writes key=value, GTF key "value".
Reader reader_for(std::string_view line) {
  const auto fields = split_fields(line, '\t');
  std::int64_t number = 0;
  if (fields.size() >= 3 && parse_number(fields[1], number) && parse_number(fields[2], number)) return read_bed12;
  if (fields.size() < 9) return nullptr;
  const std::size_t end = fields[8].find_first_of("= \t;");
  return end != std::string_view::npos && fields[8][end] == '=' ? read_gff3 : read_gtf;
}

}  // namespace

std::vector<std::string> names_of(const std::vector<Transcript>& transcripts) {
  std::vector<std::string> names;
  names.reserve(transcripts.size());
  for (const Transcript& transcript : transcripts) names.push_back(transcript.name);
  return names;
}

GeneModels read_gene_models(const std::string& path, Contradictions& contradictions) {
  LineReader lines(path);
  bool says_gff3 = false;
  auto line = lines.next();
  for (; line && !is_bed_data(*line); line = lines.next())
    says_gff3 |= line->starts_with("##gff-version") && line->find('3') != line->npos;
  const Reader reader = !line ? nullptr : says_gff3 ? read_gff3 : reader_for(*line);
  if (!reader)
    throw Error(line ? "this is neither GTF, GFF3 nor BED12" : "the annotation holds no line of data", lines.place(),
                "give an annotation of transcripts, plain or gzip");
  GeneModels models = reader(lines, std::string(*line), contradictions);
  lines.skip_rest();  // the sequences that may follow GFF3 belong to the checksum
  models.facts = lines.facts();
  if (models.transcripts.empty())
    throw Error("the annotation holds no transcript that could be scanned", lines.name(),
                "transcripts are built from lines of type exon, or CDS, that name them");
  return models;
}

}  // namespace iresweep
