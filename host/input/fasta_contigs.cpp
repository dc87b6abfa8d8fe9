#include "host/input/fasta_contigs.h"

#include <filesystem>

#include "host/input/bgzf_file.h"
#include "iresweep/error.h"

namespace iresweep {

std::vector<Contig> read_contigs(const std::vector<std::string>& paths, const FastaOptions& options) {
  for (const std::string& path : paths) {
    check_readable(path);
    if (std::error_code none; path == "-" || !std::filesystem::is_regular_file(path, none))
      throw Error("the sizes of its records are needed before they are scored, and it can be read once only",
                  display_name(path), "put the sequences into a file");
  }
  const auto source = open_fasta(paths, options);
  std::vector<Contig> contigs;
  std::uint64_t records = 0;
  while (const auto piece = source->next()) {
    if (piece->record->index == records) {
      contigs.push_back({piece->record->name, 0});
      ++records;
    }
    contigs.back().size += std::int64_t(piece->codes.size());
  }
  return contigs;
}

}  // namespace iresweep
