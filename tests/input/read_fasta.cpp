#include "tests/input/read_fasta.h"

#include <gtest/gtest.h>
#include <htslib/bgzf.h>

#include <algorithm>
#include <stdexcept>

#include "tests/support/temporary_folder.h"

namespace iresweep::test {

ReadFasta read_fasta(const std::vector<std::string>& paths, const FastaOptions& options) {
  const auto source = open_fasta(paths, options);
  ReadFasta read;
  std::shared_ptr<const Record> open;
  while (const auto piece = source->next()) {
    if (open) {
      EXPECT_EQ(piece->record, open) << "a record's pieces stand together";
    } else {
      EXPECT_EQ(piece->record->index, read.records.size());
      read.records.push_back({piece->record->name, ""});
    }
    open = piece->last ? nullptr : piece->record;
    EXPECT_LE(piece->codes.size(), options.piece_bases);
    read.largest_piece = std::max(read.largest_piece, piece->codes.size());
    for (const BaseCode code : piece->codes) read.records.back().bases += "ACGTN"[code];
  }
  EXPECT_FALSE(open) << "the last record has no last piece";
  EXPECT_FALSE(source->next()) << "the end stays the end";
  read.facts = source->facts();
  return read;
}

Error fasta_error(const std::vector<std::string>& paths, const FastaOptions& options) {
  try {
    const auto source = open_fasta(paths, options);
    while (source->next()) continue;
  } catch (const Error& error) {
    return error;
  }
  return {"", "", ""};
}

std::string packed(const std::string& text, Packing packing, const std::string& scratch_path) {
  BGZF* file = bgzf_open(scratch_path.c_str(), packing == Packing::gzip ? "wg" : "w");
  if (!file || bgzf_write(file, text.data(), text.size()) != ssize_t(text.size()) || bgzf_close(file) != 0)
    throw std::runtime_error("cannot write " + scratch_path);
  return file_bytes(scratch_path);
}

}  // namespace iresweep::test
