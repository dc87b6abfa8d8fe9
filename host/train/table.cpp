#include "host/train/table.h"

#include <fmt/format.h>
#include <zlib.h>

#include <array>
#include <charconv>
#include <cmath>
#include <filesystem>
#include <map>
#include <memory>
#include <string_view>

#include "host/model/file_bytes.h"
#include "host/model/xxh3_hex.h"
#include "iresweep/error.h"

namespace iresweep::train {
namespace {

std::string read_text(const std::string& path) {
  const std::unique_ptr<gzFile_s, decltype(&gzclose)> file(gzopen(path.c_str(), "rb"), gzclose);
  if (!file) throw Error("cannot open the table", path, "check the path and its permissions");
  std::string text;
  std::array<char, 1 << 16> buffer;
  int count = 0;
  while ((count = gzread(file.get(), buffer.data(), unsigned(buffer.size()))) > 0) text.append(buffer.data(), count);
  int error = Z_OK;
  gzerror(file.get(), &error);
  if (count < 0 || error != Z_OK) throw Error("the gzip data are cut short or damaged", path, "copy the file again");
  return text;
}

std::vector<std::string_view> fields_of(std::string_view line) {
  std::vector<std::string_view> fields;
  for (std::size_t tab; (tab = line.find('\t')) != line.npos; line.remove_prefix(tab + 1))
    fields.push_back(line.substr(0, tab));
  fields.push_back(line);
  return fields;
}

// Where each wanted column stands; -1: not there.
struct Places {
  int id, sequence, label, soft, weight, group, fold, origin, part;
};

class Reader {
 public:
  Reader(const std::string& path, const Columns& columns, const std::vector<Condition>& where)
      : path_(path), columns_(columns), text_(read_text(path)), rest_(text_) {
    std::string_view header;
    if (!next_line(header)) throw Error("the table is empty", path, "give a header line with names, then rows");
    header_ = fields_of(header);
    const Columns usual;
    places_ = {place(columns.id, true),
               place(columns.sequence, true),
               place(columns.label, columns.label != usual.label),
               place(columns.soft, columns.soft != usual.soft),
               place(columns.weight, columns.weight != usual.weight),
               place(columns.group, columns.group != usual.group),
               place(columns.fold, columns.fold != usual.fold),
               place(columns.origin, columns.origin != usual.origin),
               place(columns.part, columns.part != usual.part)};
    for (const auto& [name, value] : where) conditions_.emplace_back(place(name, true), value);
  }

  Table read() {
    Table table{{}, xxh3_hex(text_), std::filesystem::path(path_).filename()};
    for (std::string_view line; next_line(line);) {
      if (line.empty()) continue;
      const auto fields = fields_of(line);
      if (fields.size() != header_.size())
        fail(fmt::format("the line has {} fields, the header {}", fields.size(), header_.size()), "mend the line");
      if (wanted(fields)) table.rows.push_back(row(fields));
    }
    if (table.rows.empty()) throw Error("no row is left to train on", path_, "check the table and --where");
    return table;
  }

 private:
  bool next_line(std::string_view& line) {
    if (rest_.empty()) return false;
    const std::size_t end = std::min(rest_.find('\n'), rest_.size());
    line = rest_.substr(0, end);
    if (line.ends_with('\r')) line.remove_suffix(1);
    rest_.remove_prefix(std::min(end + 1, rest_.size()));
    ++line_;
    return true;
  }

  [[noreturn]] void fail(const std::string& what, const std::string& hint) const {
    throw Error(what, fmt::format("{}, line {}", path_, line_), hint);
  }

  int place(const std::string& name, bool needed) const {
    for (std::size_t i = 0; i < header_.size(); ++i)
      if (header_[i] == name) return int(i);
    if (needed) fail("the table has no column '" + name + "'", "its header must name it, separated by tabs");
    return -1;
  }

  bool wanted(const std::vector<std::string_view>& fields) const {
    for (const auto& [column, value] : conditions_)
      if (fields[column] != value) return false;
    return true;
  }

  template <class Number>
  std::optional<Number> number(const std::vector<std::string_view>& fields, int column, const std::string& name) const {
    if (column < 0 || fields[column].empty()) return std::nullopt;
    const std::string_view text = fields[column];
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

  std::string text(const std::vector<std::string_view>& fields, int column) const {
    return column < 0 ? std::string() : std::string(fields[column]);
  }

  Row row(const std::vector<std::string_view>& fields) const {
    Row row{.id = text(fields, places_.id),
            .codes = codes(fields[places_.sequence]),
            .bases = text(fields, places_.sequence),
            .label = number<int>(fields, places_.label, columns_.label),
            .soft = number<float>(fields, places_.soft, columns_.soft),
            .weight = number<float>(fields, places_.weight, columns_.weight).value_or(1.0f),
            .group = text(fields, places_.group),
            .fold = number<int>(fields, places_.fold, columns_.fold),
            .origin = text(fields, places_.origin),
            .part = text(fields, places_.part)};
    if (row.label && *row.label != 0 && *row.label != 1)
      fail(fmt::format("the label is {}", *row.label), "labels are 0 and 1, or empty where unknown");
    if (row.weight < 0) fail("the weight is negative", "weights are 0 or more");
    if (row.fold && *row.fold < 0) fail("the fold is negative", "folds count from 0; leave it empty for none");
    if (row.group.empty()) row.group = row.id;
    return row;
  }

  const std::string& path_;
  const Columns& columns_;
  const std::string text_;
  std::string_view rest_;
  std::vector<std::string_view> header_;
  Places places_{};
  std::vector<std::pair<int, std::string>> conditions_;
  std::uint64_t line_ = 0;
};

}  // namespace

Table read_table(const std::string& path, const Columns& columns, const std::vector<Condition>& where) {
  return Reader(path, columns, where).read();
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
