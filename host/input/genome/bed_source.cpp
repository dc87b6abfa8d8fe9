#include "host/input/genome/bed_source.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "host/input/bed_lines.h"
#include "host/input/fasta_faults.h"
#include "host/input/fields.h"
#include "host/input/genome/mapped_bases.h"
#include "iresweep/error.h"

namespace iresweep {
namespace {

struct BedRow {
  std::string_view contig, name;
  Strand strand = Strand::plus;
  std::vector<Interval> blocks;
};

[[noreturn]] void fail(std::string_view what, std::string_view line, const std::string& place) {
  throw Error(fmt::format("{} is no row of BED: {}", in_quotes(line), what), place,
              "give contig, start and end, 0-based half-open, with tabs between the columns");
}

// "10,20," or "10,20"
bool parse_list(std::string_view text, std::size_t count, std::vector<std::int64_t>& numbers) {
  if (text.ends_with(',')) text.remove_suffix(1);
  for (const std::string_view field : split_fields(text, ','))
    if (!parse_position(field, numbers.emplace_back())) return false;
  return numbers.size() == count;
}

std::vector<Interval> parse_blocks(const std::vector<std::string_view>& fields, Interval whole, std::string_view line,
                                   const std::string& place) {
  std::int64_t count = 0;
  if (fields.size() < 12 || !parse_number(fields[9], count)) return {whole};
  std::vector<std::int64_t> sizes, starts;
  if (count < 1 || !parse_list(fields[10], std::size_t(count), sizes) ||
      !parse_list(fields[11], std::size_t(count), starts))
    fail("columns 10 to 12 are no blocks", line, place);
  std::vector<Interval> blocks;
  for (std::size_t i = 0; i < sizes.size(); ++i) {
    const Interval block{whole.start + starts[i], whole.start + starts[i] + sizes[i]};
    if (block.size() <= 0 || block.start < (blocks.empty() ? whole.start : blocks.back().end) || block.end > whole.end)
      fail("its blocks overlap, descend or leave it", line, place);
    blocks.push_back(block);
  }
  return blocks;
}

// The thick part of blocks; all of them where it is empty.
std::vector<Interval> cut_to_thick(const std::vector<Interval>& blocks, Interval thick) {
  std::vector<Interval> cut;
  for (const Interval& block : blocks) {
    const Interval part{std::max(block.start, thick.start), std::min(block.end, thick.end)};
    if (part.size() > 0) cut.push_back(part);
  }
  return cut.empty() ? blocks : cut;
}

BedRow parse_row(std::string_view line, const std::string& place, RowPart part) {
  const auto fields = split_fields(line, '\t');
  Interval whole, thick;
  if (fields.size() < 3 || !parse_position(fields[1], whole.start) || !parse_position(fields[2], whole.end))
    fail("it lacks a start and an end", line, place);
  if (whole.start < 0 || whole.end <= whole.start) fail("its end does not lie behind its start", line, place);
  BedRow row{fields[0], fields.size() > 3 ? fields[3] : ".", Strand::plus, {}};
  if (fields.size() > 5) {
    if (fields[5] != "+" && fields[5] != "-" && fields[5] != ".") fail("its strand is not + or -", line, place);
    if (fields[5] == "-") row.strand = Strand::minus;
  }
  row.blocks = parse_blocks(fields, whole, line, place);
  if (fields.size() < 8) return row;
  if (!parse_position(fields[6], thick.start) || !parse_position(fields[7], thick.end))
    fail("columns 7 and 8, its thick part, are no numbers", line, place);
  if (part == RowPart::thick) row.blocks = cut_to_thick(row.blocks, thick);
  return row;
}

}  // namespace

BedSource::BedSource(std::unique_ptr<Genome> genome, const std::string& path, RowPart part)
    : genome_(std::move(genome)), lines_(path), part_(part) {}

std::optional<Piece> BedSource::next() {
  if (!record_ && !begin_record()) return std::nullopt;
  const CoordinateMap& map = *record_->map;
  const Interval stretch{given_, std::min(given_ + kPieceBases, map.size())};
  Piece piece{record_, mapped_bases(*genome_, contig_, map, stretch), stretch.end == map.size()};
  genome_->count_bases(contig_, piece.codes);
  given_ = stretch.end;
  if (piece.last) record_ = nullptr;
  return piece;
}

std::vector<InputFacts> BedSource::facts() const {
  std::vector<InputFacts> facts = genome_->facts();
  facts.push_back(lines_.facts());
  return facts;
}

bool BedSource::begin_record() {
  std::optional<std::string_view> line;
  do {
    line = lines_.next();
    if (!line) return false;
  } while (!is_bed_data(*line));
  BedRow row = parse_row(*line, lines_.place(), part_);
  const auto contig = genome_->find(row.contig);
  if (!contig)
    throw Error(fmt::format("no contig is called {}", in_quotes(row.contig)), lines_.place(),
                fmt::format("the genome has {} contigs, the first is {}", genome_->contigs().size(),
                            in_quotes(genome_->contigs().front().name)));
  const auto& [name, size] = genome_->contigs()[*contig];
  if (row.blocks.back().end > size)
    throw Error(fmt::format("the row ends at base {}, and {} has {}", row.blocks.back().end, in_quotes(name), size),
                lines_.place(), "give the genome that the rows lie on");
  Record record{row.name == "." || row.name.empty()
                    ? fmt::format("{}:{}-{}", name, row.blocks.front().start + 1, row.blocks.back().end)
                    : std::string(row.name),
                records_++};
  record.map.emplace(name, row.strand, row.blocks);
  record_ = std::make_shared<const Record>(std::move(record));
  genome_->count_record(*contig);
  contig_ = *contig;
  given_ = 0;
  return true;
}

}  // namespace iresweep
