#include "host/input/gene_models/gene_models.h"

#include <algorithm>
#include <utility>

#include "host/input/bed_lines.h"
#include "host/input/fields.h"
#include "host/input/gene_models/annotation_readers.h"
#include "host/input/line_reader.h"
#include "iresweep/error.h"

namespace iresweep {
namespace {

constexpr const char* kWanted = "give an annotation of transcripts, plain or gzip";

using Reader = GeneModels (*)(LineReader&, Contradictions&);

// Lines that are looked at for one that tells the format; files begin with no more that do not.
constexpr std::size_t kMostLooked = 10'000;

// Of a line of data: BED has positions in its second and third column, GFF3 writes key=value, GTF key "value". Nothing
// where the attributes are none ("."), or AUGUSTUS's bare names.
Reader reader_for(const std::vector<std::string_view>& fields) {
  std::int64_t number = 0;
  if (fields.size() >= 3 && parse_number(fields[1], number) && parse_number(fields[2], number)) return read_bed12;
  if (fields.size() < 9) return nullptr;
  const std::size_t end = fields[8].find_first_of("= \t;");
  if (end == std::string_view::npos || fields[8][end] == ';') return nullptr;
  return fields[8][end] == '=' ? read_gff3 : read_gtf;
}

// By the version that GFF3 writes, else by the first line that tells; nine columns that nowhere do are read as GTF. The
// lines looked at come again.
Reader reader_of(LineReader& lines) {
  std::vector<std::string> looked;  // from the first line of data
  Reader reader = nullptr;
  while (!reader && looked.size() < kMostLooked) {
    const auto line = lines.next();
    if (!line) break;
    if (!looked.empty() || is_bed_data(*line)) looked.emplace_back(*line);
    if (line->starts_with("##gff-version") && line->find('3') != line->npos) reader = read_gff3;
    if (reader || !is_bed_data(*line)) continue;
    const auto fields = split_fields(*line, '\t');
    reader = reader_for(fields);
    if (reader || fields.size() >= 9) continue;
    if (looked.size() > 1) break;  // a line that the reader will tell of
    throw Error("this is neither GTF, GFF3 nor BED12", lines.place(), kWanted);
  }
  if (!reader && looked.empty()) throw Error("the annotation holds no line of data", lines.place(), kWanted);
  lines.give_back(std::move(looked));
  return reader ? reader : read_gtf;
}

}  // namespace

std::vector<std::string> names_of(const std::vector<Transcript>& transcripts) {
  std::vector<std::string> names;
  names.reserve(transcripts.size());
  for (const Transcript& transcript : transcripts) names.push_back(transcript.name);
  return names;
}

bool names_genes(const GeneModels& models) {
  return std::any_of(models.transcripts.begin(), models.transcripts.end(),
                     [](const Transcript& transcript) { return !transcript.gene.empty(); });
}

GeneModels read_gene_models(const std::string& path, Contradictions& contradictions) {
  LineReader lines(path);
  GeneModels models = reader_of(lines)(lines, contradictions);
  lines.skip_rest();  // the sequences that may follow GFF3 belong to the checksum
  models.facts = lines.facts();
  if (models.transcripts.empty())
    throw Error("the annotation holds no transcript that could be scanned" + contradictions.reasons(), lines.name(),
                "transcripts are built from lines of type exon, or CDS, that name them");
  return models;
}

}  // namespace iresweep
