// Training tables: tab-separated text with a header line, plain or gzip.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "iresweep/bases.h"

namespace iresweep::train {

/// Names of the columns. `id` and `sequence` must be there; of the others those that are, or that were named by the
/// user, are read.
struct Columns {
  std::string id = "id", sequence = "sequence", label = "label", soft = "soft", weight = "weight", group = "group",
              fold = "fold", origin = "origin", part = "part";
};

/// One window.
struct Row {
  std::string id;
  std::vector<BaseCode> codes;  ///< [kWindow]
  std::string bases;            ///< as in the file
  std::optional<int> label;     ///< 0 or 1
  std::optional<float> soft;    ///< a logit
  float weight = 1;
  std::string group;        ///< similar sequences share it; the row's id when there is no such column
  std::optional<int> fold;  ///< of the group, from 0
  std::string origin, part;
};

struct Table {
  std::vector<Row> rows;
  std::string checksum;  ///< XXH3-128 of what was read
  std::string name;      ///< the file's name without folders
};

/// Keeps the rows whose column holds the value: {"origin", "virus"}.
using Condition = std::pair<std::string, std::string>;

/// Sequences shorter than a window: an error, or padded on the left with missing bases.
enum class Short { refused, padded };

/// Reads a table. Throws Error with file and line for a column that is missing, a label other than 0 and 1, a number
/// that is none, letters that are no bases, a sequence that is empty, longer than a window or, unless it may be padded,
/// shorter, and when no row is left.
Table read_table(const std::string& path, const Columns& columns, const std::vector<Condition>& where,
                 Short shorter = Short::refused);

/// Writes id, sequence, label, soft, weight, group, fold, origin and part under a temporary name, then renames.
void write_table(const std::vector<Row>& rows, const std::string& path);

}  // namespace iresweep::train
