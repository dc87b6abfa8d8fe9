#include "host/output/variants/variant_fields.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <cmath>
#include <string_view>
#include <utility>

#include "iresweep/model.h"

namespace iresweep {
namespace {

struct Field {
  std::string_view info, column;
  std::string value;
};

constexpr std::string_view kAbsent = ".";

std::string number(double value) { return fmt::format("{:.6g}", value == 0 ? 0.0 : value); }

std::string_view name_of(HitChange change) {
  switch (change) {
    case HitChange::kept:
      return "kept";
    case HitChange::gained:
      return "gained";
    case HitChange::lost:
      return "lost";
    case HitChange::none:
      break;
  }
  return "none";
}

// What follows the status, in one order for both formats.
std::vector<Field> score_fields(const Effect& effect) {
  std::vector<Field> fields = {
      {"Windows", "windows", std::to_string(effect.windows)},
      {"RefScore", "ref_score", fmt::format("{}", score_of(effect.ref_logit))},
      {"AltScore", "alt_score", fmt::format("{}", score_of(effect.alt_logit))},
      {"DeltaScore", "delta_score", number(double(score_of(effect.alt_logit)) - double(score_of(effect.ref_logit)))},
      {"DeltaLogit", "delta_logit", number(effect.change())},
      {"Percentile", "percentile",
       effect.percentile ? fmt::format("{:.2f}", *effect.percentile) : std::string(kAbsent)},
      {"Consequence", "consequence", std::string(name_of(effect.hit))},
      {"RefCalled", "ref_called", std::to_string(effect.ref_called)},
      {"AltCalled", "alt_called", std::to_string(effect.alt_called)},
      {"RefStart", "ref_start", std::to_string(effect.ref_start + 1)},
      {"AltStart", "alt_start", std::to_string(effect.alt_start + 1)},
      {"LargestChange", "largest_change", number(effect.largest_change)},
      {"LargestStart", "largest_start", std::to_string(effect.largest_start + 1)},
  };
  if (effect.verdict != Verdict::scored)
    for (Field& field : fields) field.value = std::string(kAbsent);
  return fields;
}

std::string or_absent(const std::string& text) { return text.empty() ? std::string(kAbsent) : text; }

std::vector<Field> fields_of(const std::string& alt, const Effect& effect) {
  const Target* target = effect.target.get();
  std::vector<Field> fields = {
      {"Allele", "alt", alt},
      {"Transcript", "transcript", target ? target->name : std::string(kAbsent)},
      {"Gene", "gene", target ? or_absent(target->gene) : std::string(kAbsent)},
      {"Strand", "strand", target ? std::string(1, char(target->map.strand())) : std::string(kAbsent)},
      {"Status", "status", std::string(name_of(effect.verdict))},
  };
  for (Field& field : score_fields(effect)) fields.push_back(std::move(field));
  return fields;
}

// The stretch of the contig from the first to the last base of the best window with REF.
std::pair<std::string, std::string> place_of_best(const Effect& effect) {
  if (effect.verdict != Verdict::scored) return {std::string(kAbsent), std::string(kAbsent)};
  const CoordinateMap& map = effect.target->map;
  const Interval window{effect.ref_start, effect.ref_start + kWindow};
  // Of a contig's strand the start counts on the contig already.
  const auto blocks = effect.target->is_contig ? std::vector<Interval>{window} : map.project(window);
  return {std::to_string(blocks.front().start + 1), std::to_string(blocks.back().end)};
}

void append_escaped(std::string& text, const std::string& value) {
  for (const char letter : value) {
    if (static_cast<unsigned char>(letter) <= ' ' || std::string_view("%,;=|").find(letter) != std::string_view::npos)
      text += fmt::format("%{:02X}", static_cast<unsigned char>(letter));
    else
      text += letter;
  }
}

void append_column(std::string& row, std::string_view value) {
  row += '\t';
  row += value;
}

}  // namespace

std::string info_header() {
  std::vector<std::string_view> names;
  const auto fields = fields_of(".", {});
  for (const Field& field : fields) names.push_back(field.info);
  return fmt::format(
      "##INFO=<ID={},Number=.,Type=String,Description=\"Windows scored by iresweep with and without the allele, one "
      "entry an allele and transcript. Format: {}\">\n"
      "##INFO=<ID={},Number=A,Type=Float,Description=\"Change of the best window's logit from REF to ALT, on the "
      "transcript where it changes most\">\n",
      kEffectTag, fmt::join(names, "|"), kChangeTag);
}

std::string info_entries(const VariantRecord& record, const std::vector<Effect>& effects) {
  std::string text;
  for (const Effect& effect : effects) {
    if (effect.verdict == Verdict::outside) continue;
    if (!text.empty()) text += ',';
    std::string_view separator;
    for (const Field& field : fields_of(record.alts[effect.alt], effect)) {
      text += separator;
      append_escaped(text, field.value);
      separator = "|";
    }
  }
  return text;
}

std::vector<std::optional<float>> info_changes(const VariantRecord& record, const std::vector<Effect>& effects) {
  std::vector<std::optional<float>> changes(record.alts.size());
  for (const Effect& effect : effects) {
    if (effect.verdict != Verdict::scored) continue;
    auto& change = changes[effect.alt];
    if (!change || std::abs(effect.change()) > std::abs(*change)) change = float(effect.change());
  }
  return changes;
}

std::string table_header() {
  std::string text = "contig\tposition\tref";
  for (const Field& field : fields_of(".", {})) append_column(text, field.column);
  return text + "\tcontig_start\tcontig_stop\n";
}

std::string table_rows(const VariantRecord& record, const std::vector<Effect>& effects) {
  const std::string begin = fmt::format("{}\t{}\t{}", record.contig, record.position + 1, record.ref);
  std::string text;
  if (record.alts.empty()) {
    text = begin;
    for (const Field& field : fields_of(".", {})) append_column(text, field.info == "Status" ? "no_alt" : kAbsent);
    text += "\t.\t.\n";
  }
  for (const Effect& effect : effects) {
    text += begin;
    for (const Field& field : fields_of(record.alts[effect.alt], effect)) append_column(text, field.value);
    const auto [start, stop] = place_of_best(effect);
    text += fmt::format("\t{}\t{}\n", start, stop);
  }
  return text;
}

}  // namespace iresweep
