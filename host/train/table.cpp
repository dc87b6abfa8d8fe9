#include "host/train/table.h"

#include <fmt/format.h>

#include <array>
#include <charconv>
#include <cmath>
#include <filesystem>
#include <string_view>

#include "host/evaluate/tsv_reader.h"
#include "host/model/file_bytes.h"
#include "iresweep/error.h"

namespace iresweep::train {
namespace {

using Place = std::optional<std::size_t>;

class Reader {
 public:
  Reader(const std::string& path, const Columns& columns, const std::vector<Condition>& where, Short shorter)
      : path_(path), columns_(columns), shorter_(shorter), table_(path) {
    const Columns usual;
    id_ = table_.column(columns.id);
    sequence_ = table_.column(columns.sequence);
    label_ = place(columns.label, usual.label);
    soft_ = place(columns.soft, usual.soft);
    weight_ = place(columns.weight, usual.weight);
    group_ = place(columns.group, usual.group);
    fold_ = place(columns.fold, usual.fold);
    origin_ = place(columns.origin, usual.origin);
    part_ = place(columns.part, usual.part);
    for (const auto& [name, value] : where) conditions_.emplace_back(table_.column(name), value);
  }

  Table read() {
    Table table;
    while (table_.next())
      if (wanted()) table.rows.push_back(row());
    if (table.rows.empty()) throw Error("no row is left to train on", path_, "check the table and --where");
    table.checksum = table_.facts().checksum;
    table.name = std::filesystem::path(path_).filename();
    return table;
  }

 private:
  [[noreturn]] void fail(const std::string& what, const std::string& hint) const {
    throw Error(what, table_.place(), hint);
  }

  // A column that was named by the user must be there.
  Place place(const std::string& name, const std::string& usual) const {
    return name != usual || table_.has(name) ? Place(table_.column(name)) : std::nullopt;
  }

  bool wanted() const {
    for (const auto& [column, value] : conditions_)
      if (table_[column] != value) return false;
    return true;
  }

  template <class Number>
  std::optional<Number> number(Place column, const std::string& name) const {
    const std::string text = cell(column);
    if (text.empty()) return std::nullopt;
    Number value{};
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc() || end != text.data() + text.size() || !std::isfinite(double(value)))
      fail(fmt::format("'{}' in column '{}' is not a number that fits", text, name), "leave it empty where unknown");
    return value;
  }

  std::vector<BaseCode> codes(std::string_view bases) const {
    if (bases.empty()) fail("the sequence is empty", "leave the row out");
    if (bases.size() > std::size_t(kWindow))
      fail(fmt::format("the sequence has {} bases, a window has {}", bases.size(), kWindow), "cut it to one window");
    if (bases.size() < std::size_t(kWindow) && shorter_ == Short::refused)
      fail(fmt::format("the sequence has {} bases, a window has {}", bases.size(), kWindow),
           "leave it out, or have it padded by --pad");
    std::vector<BaseCode> result(std::size_t(kWindow) - bases.size(), kMissing);
    for (const char base : bases) {
      static constexpr std::string_view kLetters = "ACGTUNacgtun";
      static constexpr std::array<BaseCode, 12> kCodes{0, 1, 2, 3, 3, kMissing, 0, 1, 2, 3, 3, kMissing};
      const std::size_t letter = kLetters.find(base);
      if (letter == kLetters.npos) fail(fmt::format("'{}' is no base", base), "use A, C, G, T, U and N");
      result.push_back(kCodes[letter]);
    }
    return result;
  }

  std::string cell(Place column) const { return column ? std::string(table_[*column]) : std::string(); }

  Row row() const {
    Row row{.id = cell(id_),
            .codes = codes(table_[sequence_]),
            .bases = cell(sequence_),
            .label = number<int>(label_, columns_.label),
            .soft = number<float>(soft_, columns_.soft),
            .weight = number<float>(weight_, columns_.weight).value_or(1.0f),
            .group = cell(group_),
            .fold = number<int>(fold_, columns_.fold),
            .origin = cell(origin_),
            .part = cell(part_)};
    if (row.label && *row.label != 0 && *row.label != 1)
      fail(fmt::format("the label is {}", *row.label), "labels are 0 and 1, or empty where unknown");
    if (row.weight < 0) fail("the weight is negative", "weights are 0 or more");
    if (row.fold && *row.fold < 0) fail("the fold is negative", "folds count from 0; leave it empty for none");
    if (row.group.empty()) row.group = row.id;
    return row;
  }

  const std::string& path_;
  const Columns& columns_;
  const Short shorter_;
  TsvReader table_;
  std::size_t id_, sequence_;
  Place label_, soft_, weight_, group_, fold_, origin_, part_;
  std::vector<std::pair<std::size_t, std::string>> conditions_;
};

}  // namespace

Table read_table(const std::string& path, const Columns& columns, const std::vector<Condition>& where, Short shorter) {
  return Reader(path, columns, where, shorter).read();
}

void write_table(const std::vector<Row>& rows, const std::string& path) {
  std::string text = "id\tsequence\tlabel\tsoft\tweight\tgroup\tfold\torigin\tpart\n";
  const auto shown = [](const auto& value) { return value ? fmt::format("{}", *value) : std::string(); };
  for (const Row& row : rows)
    text += fmt::format("{}\t{}\t{}\t{}\t{}\t{}\t{}\t{}\t{}\n", row.id, row.bases, shown(row.label), shown(row.soft),
                        row.weight, row.group, shown(row.fold), row.origin, row.part);
  replace_file(path, text);
}

}  // namespace iresweep::train
