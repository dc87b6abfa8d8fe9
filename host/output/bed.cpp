// Hits as BED9+ and BED12+.
#include <fmt/format.h>

#include <array>
#include <cmath>
#include <iterator>
#include <string>
#include <string_view>

#include "host/output/hit_format.h"
#include "host/output/placement.h"
#include "host/scan/significance.h"

namespace iresweep {
namespace {

constexpr std::string_view kPlaceColumns = "#chrom\tstart\tend\tname\tscore\tstrand\tthickStart\tthickEnd\titemRgb\t";
constexpr std::string_view kBlockColumns = "blockCount\tblockSizes\tblockStarts\t";
constexpr std::string_view kHitColumns = "iresScore\tp\twindows\tbestStart\tbestEnd\tmissing\tgene\ttranscripts\treads";
constexpr std::string_view kTranscriptColumns = "\ttoStartCodon\ttranscriptCount";

// From light to dark blue as p falls: one hue, so that it reads the same to every eye, and in print. Grey without p.
constexpr std::array<std::string_view, kSignificanceLevels> kColours = {
    "202,210,224", "170,190,219", "136,166,211", "100,140,199", "64,112,181", "35,82,152", "12,48,105"};
constexpr std::string_view kPlainColour = "96,96,96";

std::string_view or_dot(std::string_view text) { return text.empty() ? "." : text; }

// A row that begins with '#' is a comment to every reader of BED, and the hit would be lost.
std::string shown(std::string_view name) {
  return name.starts_with('#') ? fmt::format("%23{}", name.substr(1)) : std::string(or_dot(name));
}

void append_place(const Hit& hit, const Placement& place, std::string& out) {
  fmt::format_to(std::back_inserter(out), "{}\t{}\t{}\t{}\t{}\t{}\t{}\t{}\t{}\t", shown(place.contig),
                 place.blocks.front().start, place.blocks.back().end, shown(hit_name(hit)),
                 std::lround(1000.0 * hit.score), char(place.strand), place.best.start, place.best.end,
                 hit.p ? kColours[std::size_t(significance(*hit.p))] : kPlainColour);
}

void append_blocks(const std::vector<Interval>& blocks, std::string& out) {
  fmt::format_to(std::back_inserter(out), "{}\t", blocks.size());
  for (const Interval& block : blocks) fmt::format_to(std::back_inserter(out), "{},", block.size());
  out.back() = '\t';
  for (const Interval& block : blocks)
    fmt::format_to(std::back_inserter(out), "{},", block.start - blocks.front().start);
  out.back() = '\t';
}

void append_hit(const Hit& hit, std::string_view transcripts, std::string& out) {
  fmt::format_to(std::back_inserter(out), "{:.6f}\t{}\t{}\t{}\t{}\t{}\t{}\t{}\t", hit.score,
                 hit.p ? fmt::format("{:.3g}", *hit.p) : ".", hit.windows, hit.best_start, hit.best_end, hit.missing,
                 or_dot(hit.record->gene), or_dot(transcripts));
}

void append_bed9(const Hit& hit, std::string& out) {
  for (const Placement& place : row_placements(hit)) {
    append_place(hit, place, out);
    append_hit(hit, "", out);
    out += ".\n";
  }
}

void append_bed12(const Hit& hit, std::string& out) {
  const auto distance = distance_to_start_codon(hit);
  for (const Placement& place : row_placements(hit)) {
    append_place(hit, place, out);
    append_blocks(place.blocks, out);
    append_hit(hit, transcript_names(hit), out);
    fmt::format_to(std::back_inserter(out), ".\t{}\t{}\n", distance ? fmt::format("{}", *distance) : ".",
                   transcript_count(hit));
  }
}

void append_read(const Hit& hit, std::string& out) {
  const Placement place = placement(hit);
  append_place(hit, place, out);
  append_blocks(place.blocks, out);
  append_hit(hit, "", out);
  fmt::format_to(std::back_inserter(out), "{}\n", read_count(hit));
}

std::string joined(std::initializer_list<std::string_view> parts) {
  std::string all;
  for (const std::string_view part : parts) all += part;
  return all;
}

}  // namespace

HitFormat bed_format(RecordKind records) {
  if (records == RecordKind::transcripts)
    return {joined({kPlaceColumns, kBlockColumns, kHitColumns, kTranscriptColumns, "\n"}), append_bed12};
  if (records == RecordKind::reads) return {joined({kPlaceColumns, kBlockColumns, kHitColumns, "\n"}), append_read};
  return {joined({kPlaceColumns, kHitColumns, "\n"}), append_bed9};
}

}  // namespace iresweep
