#include "host/evaluate/labelled_set.h"

#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <optional>
#include <string_view>

#include "host/evaluate/tsv_reader.h"
#include "host/input/fasta_faults.h"
#include "host/input/fasta_source.h"
#include "host/input/letters.h"
#include "host/input/text_reader.h"
#include "iresweep/error.h"

namespace iresweep {
namespace {

/// Nothing for an empty label that may be passed over.
std::optional<bool> parse_label(std::string_view text, const LabelRules& rules, const std::string& place) {
  if (text == "1") return true;
  if (text == "0") return false;
  if (!text.empty())
    throw Error(fmt::format("the label is {}, neither 1 nor 0", in_quotes(text)), place,
                "write 1 for an IRES, 0 for none");
  if (rules.skip_unlabelled) return std::nullopt;
  throw Error("the record has no label", place, "give it one (1 or 0), or pass such records over: --skip-unlabelled");
}

std::string_view field_of(std::string_view name, const LabelRules& rules) {
  for (int field = 1; field < rules.field; ++field) {
    const std::size_t cut = name.find(rules.separator);
    if (cut == name.npos) return {};
    name.remove_prefix(cut + rules.separator.size());
  }
  return name.substr(0, name.find(rules.separator));
}

/// `label_of` gets a record's name and its place for messages; records for which it gives nothing are passed over.
void add_fasta(LabelledSet& set, const std::string& path,
               const std::function<std::optional<bool>(const std::string&, const std::string&)>& label_of) {
  const auto source = open_fasta({path});
  std::vector<BaseCode> codes;
  while (auto piece = source->next()) {
    codes.insert(codes.end(), piece->codes.begin(), piece->codes.end());
    if (!piece->last) continue;
    const std::string& name = piece->record->name;
    const std::string place =
        fmt::format("{}, record {} {}", display_name(path), piece->record->index + 1, in_quotes(name));
    const auto label = label_of(name, place);
    if (label && codes.empty()) throw Error("the record has no base", place, "take it out, or give its sequence");
    if (label) set.records.push_back({name, codes, *label});
    set.unlabelled += !label;
    codes.clear();
  }
  set.inputs.push_back(source->facts().front());
}

std::vector<BaseCode> encode(std::string_view letters, const std::string& place) {
  std::vector<BaseCode> codes;
  codes.reserve(letters.size());
  for (const char letter : letters) {
    const BaseCode code = letter_code(letter);
    if (code == kForeign) {
      const Fault fault = foreign_letter(static_cast<unsigned char>(letter));
      throw Error(fault.what, place, fault.hint);
    }
    if (code != kBlank) codes.push_back(code);
  }
  if (codes.empty()) throw Error("the record has no base", place, "take the row out, or give its sequence");
  return codes;
}

}  // namespace

bool is_table(const std::string& path) { return path.ends_with(".tsv") || path.ends_with(".tsv.gz"); }

void add_labelled_fasta(LabelledSet& set, const std::string& path, const LabelRules& rules) {
  add_fasta(set, path, [&](const std::string& name, const std::string& place) {
    return parse_label(field_of(name, rules), rules,
                       fmt::format("{}, field {} of its name by '{}'", place, rules.field, rules.separator));
  });
}

void add_fasta_of_one_class(LabelledSet& set, const std::string& path, bool positive) {
  add_fasta(set, path, [&](const std::string&, const std::string&) { return positive; });
}

void add_labelled_table(LabelledSet& set, const std::string& path, const LabelRules& rules) {
  TsvReader table(path);
  const std::size_t id = table.column(rules.id_column), sequence = table.column(rules.sequence_column),
                    label = table.column(rules.label_column);
  std::vector<std::size_t> where;
  for (const auto& condition : rules.where) where.push_back(table.column(condition.column));
  while (table.next()) {
    bool meets = true;
    for (std::size_t i = 0; i < where.size(); ++i) meets = meets && table[where[i]] == rules.where[i].value;
    set.filtered += !meets;
    if (!meets) continue;
    const auto positive = parse_label(table[label], rules, table.place());
    set.unlabelled += !positive;
    if (positive) set.records.push_back({std::string(table[id]), encode(table[sequence], table.place()), *positive});
  }
  set.inputs.push_back(table.facts());
}

void check_both_classes(const LabelledSet& set) {
  for (const bool positive : {true, false}) {
    if (std::ranges::any_of(set.records, [&](const LabelledRecord& record) { return record.positive == positive; }))
      continue;
    const std::string left_out =
        set.filtered + set.unlabelled > 0
            ? fmt::format(" ({} records were left out by --where or without a label)", set.filtered + set.unlabelled)
            : "";
    throw Error(fmt::format("there is no {} among the {} records{}", positive ? "positive" : "negative",
                            set.records.size(), left_out),
                set.inputs.empty() ? "" : display_name(set.inputs.front().path),
                "both kinds are needed: labels 1 and 0");
  }
}

std::vector<bool> labels_of(const LabelledSet& set) {
  std::vector<bool> labels;
  for (const LabelledRecord& record : set.records) labels.push_back(record.positive);
  return labels;
}

}  // namespace iresweep
