// GTF: Ensembl, GENCODE, RefSeq, StringTie, SQANTI. A transcript is what shares a transcript_id.
#include <fmt/format.h>

#include <algorithm>

#include "host/input/fasta_faults.h"
#include "host/input/gene_models/annotation_line.h"
#include "host/input/gene_models/annotation_readers.h"
#include "host/input/gene_models/model_builder.h"
#include "iresweep/error.h"

namespace iresweep {
namespace {

struct GtfAttributes {
  std::string_view transcript, gene;
  bool start_missing = false;
};

// `key "value"; key value; ...`: a value in quotes may hold anything but a quote.
GtfAttributes parse_attributes(std::string_view text, const LineReader& lines) {
  GtfAttributes found;
  while (true) {
    const std::size_t begin = text.find_first_not_of("; \t");
    if (begin == text.npos) return found;
    text.remove_prefix(begin);
    const std::size_t blank = text.find_first_of(" \t;");
    const std::string_view key = text.substr(0, blank);
    text.remove_prefix(key.size());
    text.remove_prefix(std::min(text.find_first_not_of(" \t"), text.size()));
    std::string_view value;
    if (text.starts_with('"')) {
      const std::size_t end = text.find('"', 1);
      if (end == text.npos)
        throw Error(fmt::format("the quotes of {} do not close", in_quotes(key)), lines.place(), "mend the annotation");
      value = text.substr(1, end - 1);
      text.remove_prefix(end + 1);
    } else {
      value = text.substr(0, text.find(';'));
      text.remove_prefix(value.size());
      value = value.substr(0, value.find_last_not_of(" \t") + 1);
    }
    if (key == "transcript_id") found.transcript = value;
    if (key == "gene_id") found.gene = value;
    if (key == "tag") found.start_missing |= tells_missing_start(value);
  }
}

}  // namespace

GeneModels read_gtf(LineReader& lines, Contradictions& contradictions) {
  ModelBuilder builder;
  while (const auto text = lines.next()) {
    if (!is_annotation_data(*text)) continue;
    AnnotationLine line = parse_annotation_line(*text, lines);
    const auto part = part_of(line.type);
    if (!part) continue;
    const auto [transcript, gene, start_missing] = parse_attributes(line.attributes, lines);
    if (transcript.empty()) {
      if (*part != Part::whole)
        contradictions.add(Contradiction::unnamed, fmt::format("line {}", line.number), lines.place());
      continue;
    }
    line.start_missing = start_missing;
    builder.add(transcript, *part, line);
    builder.describe(transcript, transcript, gene);
  }
  return builder.finish(lines.name(), contradictions);
}

}  // namespace iresweep
