// Which format a file of hits has: by its extension.
#pragma once
#include <optional>
#include <string>

namespace iresweep {

struct OutputFormat {
  enum class Kind { bed, csv, tsv };
  Kind kind = Kind::bed;
  bool bgzip = false;
  bool operator==(const OutputFormat&) const = default;
};

/// By extension: .bed .csv .tsv, each also with .gz (bgzip). BED for standard output ("-" or "") and for what exists
/// and is no regular file (/dev/null, a FIFO). Nothing for another extension: wrong usage.
std::optional<OutputFormat> output_format(const std::string& path);

/// The extensions, for messages and help.
inline constexpr const char* kOutputExtensions = ".bed .bed.gz .csv .csv.gz .tsv .tsv.gz";

}  // namespace iresweep
