// Hits as CSV and TSV.
#include <fmt/format.h>

#include <string>
#include <string_view>
#include <vector>

#include "host/output/hit_format.h"
#include "host/output/placement.h"

namespace iresweep {
namespace {

using Field = std::string (*)(const Hit&);
struct Column {
  std::string_view name;
  Field text;
};

// The published program writes names as they are; a reader of CSV needs quotes in the few that would break the row.
std::string quoted(const std::string& name) {
  if (name.find_first_of(",\"\r\n") == std::string::npos) return name;
  std::string text = "\"";
  for (const char c : name) {
    if (c == '"') text += c;
    text += c;
  }
  return text + '"';
}

std::string name(const Hit& hit) { return hit.record->name; }
std::string quoted_name(const Hit& hit) { return quoted(hit.record->name); }
std::string quoted_hit_name(const Hit& hit) { return quoted(hit_name(hit)); }
std::string score(const Hit& hit) { return fmt::format("{}", hit.score); }
std::string start(const Hit& hit) { return fmt::format("{}", hit.start + 1); }
std::string stop(const Hit& hit) { return fmt::format("{}", hit.end); }
std::string strand(const Hit& hit) { return {char(hit.strand)}; }
std::string p(const Hit& hit) { return hit.p ? fmt::format("{:.3g}", *hit.p) : "."; }
std::string windows(const Hit& hit) { return fmt::format("{}", hit.windows); }
std::string best_start(const Hit& hit) { return fmt::format("{}", hit.best_start + 1); }
std::string best_stop(const Hit& hit) { return fmt::format("{}", hit.best_end); }
std::string missing(const Hit& hit) { return fmt::format("{}", hit.missing); }
std::string contig(const Hit& hit) { return std::string(placement(hit).contig); }
std::string quoted_contig(const Hit& hit) { return quoted(contig(hit)); }
std::string contig_start(const Hit& hit) { return fmt::format("{}", placement(hit).blocks.front().start + 1); }
std::string contig_stop(const Hit& hit) { return fmt::format("{}", placement(hit).blocks.back().end); }
std::string contig_strand(const Hit& hit) { return {char(placement(hit).strand)}; }
std::string gene(const Hit& hit) { return hit.record->gene.empty() ? "." : hit.record->gene; }
std::string quoted_gene(const Hit& hit) { return quoted(gene(hit)); }
std::string reads(const Hit& hit) { return fmt::format("{}", read_count(hit)); }
std::string to_start_codon(const Hit& hit) {
  const auto distance = distance_to_start_codon(hit);
  return distance ? fmt::format("{}", *distance) : ".";
}

std::string quoted_transcripts(const Hit& hit) { return quoted(transcript_names(hit)); }

std::vector<Column> columns(const TableLayout& layout) {
  const auto [separator, report, both_strands, records] = layout;
  const bool commas = separator == ',';
  const Field of_record = commas ? quoted_name : name, of_hit = commas ? quoted_hit_name : hit_name;
  std::vector<Column> all = {
      {"name", report == Report::best ? of_record : of_hit}, {"score", score}, {"start", start}, {"stop", stop}};
  const auto add = [&](std::initializer_list<Column> more) { all.insert(all.end(), more); };
  if (report == Report::best && commas) {
    if (both_strands) add({{"strand", strand}});
    return all;
  }
  add({{"strand", strand}, {"p", p}, {"windows", windows}});
  if (report != Report::best) add({{"best_start", best_start}, {"best_stop", best_stop}});
  add({{"missing", missing}});
  if (records == RecordKind::contigs) return all;
  add({{"contig", commas ? quoted_contig : contig},
       {"contig_start", contig_start},
       {"contig_stop", contig_stop},
       {"contig_strand", contig_strand}});
  if (records == RecordKind::transcripts)
    add({{"gene", commas ? quoted_gene : gene},
         {"to_start_codon", to_start_codon},
         {"transcripts", commas ? quoted_transcripts : transcript_names}});
  if (records == RecordKind::reads) add({{"reads", reads}});
  return all;
}

}  // namespace

HitFormat table_format(const TableLayout& layout) {
  const auto all = columns(layout);
  const char separator = layout.separator;
  HitFormat format;
  for (const Column& column : all) {
    format.header += column.name;
    format.header += separator;
  }
  format.header.back() = '\n';
  format.append = [all, separator](const Hit& hit, std::string& out) {
    for (const Column& column : all) {
      out += column.text(hit);
      out += separator;
    }
    out.back() = '\n';
  };
  return format;
}

}  // namespace iresweep
