// BED12: a line a transcript, its blocks the exons, thickStart to thickEnd what is coded.
#include <fmt/format.h>

#include <algorithm>

#include "host/input/bed_lines.h"
#include "host/input/fasta_faults.h"
#include "host/input/fields.h"
#include "host/input/gene_models/annotation_line.h"
#include "host/input/gene_models/annotation_readers.h"
#include "host/input/gene_models/model_builder.h"
#include "iresweep/error.h"

namespace iresweep {
namespace {

[[noreturn]] void fail(std::string_view text, const LineReader& lines) {
  throw Error(fmt::format("{} is no line of BED12", in_quotes(text)), lines.place(),
              "an annotation as BED needs twelve columns with tabs between them, the last three for the blocks");
}

// "10,20," or "10,20"
std::vector<std::int64_t> parse_list(std::string_view text, std::string_view line, const LineReader& lines) {
  if (text.ends_with(',')) text.remove_suffix(1);
  std::vector<std::int64_t> numbers;
  for (const std::string_view field : split_fields(text, ','))
    if (!parse_position(field, numbers.emplace_back())) fail(line, lines);
  return numbers;
}

// What a line spans and its blocks say the same twice: they begin with its start, and end with its end.
bool spanned(Interval whole, const std::vector<Interval>& blocks) {
  if (blocks.empty()) return true;  // without exons: told as such
  const auto starts = [](const Interval& a, const Interval& b) { return a.start < b.start; };
  const auto ends = [](const Interval& a, const Interval& b) { return a.end < b.end; };
  return std::min_element(blocks.begin(), blocks.end(), starts)->start == whole.start &&
         std::max_element(blocks.begin(), blocks.end(), ends)->end == whole.end;
}

void read_line(std::string_view text, const LineReader& lines, ModelBuilder& builder) {
  const auto fields = split_fields(text, '\t');
  AnnotationLine line;
  Interval thick;
  std::int64_t count = 0;
  if (fields.size() < 12 || fields[5].size() != 1 || !parse_position(fields[1], line.place.start) ||
      !parse_position(fields[2], line.place.end) || !parse_position(fields[6], thick.start) ||
      !parse_position(fields[7], thick.end) || !parse_number(fields[9], count))
    fail(text, lines);
  const auto sizes = parse_list(fields[10], text, lines), starts = parse_list(fields[11], text, lines);
  if (sizes.size() != std::size_t(count) || starts.size() != std::size_t(count)) fail(text, lines);
  line.contig = fields[0];
  line.strand = fields[5][0];
  line.number = lines.line();

  const Interval whole = line.place;
  const std::string id = fmt::format("{}", line.number);  // names may repeat
  builder.add(id, Part::whole, line);
  builder.describe(id, fields[3], "");
  std::vector<Interval> blocks;
  for (std::size_t i = 0; i < sizes.size(); ++i) {
    blocks.push_back(line.place = {whole.start + starts[i], whole.start + starts[i] + sizes[i]});
    builder.add(id, Part::exon, line);
  }
  if (!spanned(whole, blocks)) builder.contradict(id, Contradiction::blocks_short);
  // Without coding bases thick is empty, or everything.
  if (thick.start >= thick.end || thick == whole) return;
  line.place = thick;
  line.type = "CDS";
  builder.add(id, Part::coding, line);
}

}  // namespace

GeneModels read_bed12(LineReader& lines, Contradictions& contradictions) {
  ModelBuilder builder;
  while (const auto text = lines.next())
    if (is_bed_data(*text)) read_line(*text, lines, builder);
  return builder.finish(lines.name(), contradictions);
}

}  // namespace iresweep
