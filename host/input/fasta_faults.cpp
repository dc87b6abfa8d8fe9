#include "host/input/fasta_faults.h"

#include <fmt/format.h>

#include <array>
#include <cctype>

namespace iresweep {
namespace {

constexpr const char* kLetters =
    "a nucleotide FASTA holds A C G T U N and the codes R Y S W K M B D H V X, in either case";
constexpr std::size_t kMostQuoted = 60;

struct Format {
  std::string_view magic;  // how its text begins, decompressed
  const char *what, *hint;
};

constexpr const char* kDecompress = "decompress it first, e.g. `xz -dc FILE | iresweep scan -`";
constexpr const char* kAlignments =
    "give the file to `iresweep scan` by its name, or make a FASTA of its reads with `samtools fasta`";
constexpr const char* kVariants = "give the FASTA file of the sequences themselves";

using namespace std::string_view_literals;
constexpr std::array kFormats = {
    Format{"BAM\1"sv, "this is BAM: alignments, no FASTA", kAlignments},
    Format{"CRAM"sv, "this is CRAM: alignments, no FASTA", kAlignments},
    Format{"@HD\t"sv, "this is SAM: alignments, no FASTA", kAlignments},
    Format{"@SQ\t"sv, "this is SAM: alignments, no FASTA", kAlignments},
    Format{"@RG\t"sv, "this is SAM: alignments, no FASTA", kAlignments},
    Format{"@PG\t"sv, "this is SAM: alignments, no FASTA", kAlignments},
    Format{"@CO\t"sv, "this is SAM: alignments, no FASTA", kAlignments},
    Format{"@"sv, "this is FASTQ, no FASTA", "convert it with `seqtk seq -A` or `samtools fasta`"},
    Format{"BCF\2"sv, "this is BCF: variants, no FASTA", kVariants},
    Format{"##fileformat=VCF"sv, "this is VCF: variants, no FASTA", kVariants},
    Format{"##gff"sv, "this is GFF: an annotation, no FASTA", "give the FASTA file that it annotates"},
    Format{"LOCUS "sv, "this is GenBank, no FASTA", "convert it to FASTA, e.g. with `seqret`"},
    Format{"\x43\x27\x41\x1a"sv, "this is 2bit, no FASTA", "convert it with `twoBitToFa`"},
    Format{"\x1a\x41\x27\x43"sv, "this is 2bit, no FASTA", "convert it with `twoBitToFa`"},
    Format{"\x1f\x8b"sv, "this is gzip within gzip, or gzip cut short in its first bytes",
           "decompress it with `gzip -dc` first"},
    Format{"BZh"sv, "this is compressed with bzip2", kDecompress},
    Format{"\xfd"
           "7zXZ"sv,
           "this is compressed with xz", kDecompress},
    Format{"\x28\xb5\x2f\xfd"sv, "this is compressed with zstd", kDecompress},
    Format{"PK\3\4"sv, "this is a zip archive", "unpack it with `unzip` first"},
    Format{"\xff\xfe"sv, "this is UTF-16 text", "convert it with `iconv -f UTF-16 -t UTF-8`"},
    Format{"\xfe\xff"sv, "this is UTF-16 text", "convert it with `iconv -f UTF-16 -t UTF-8`"},
};

bool printable(unsigned char byte) { return byte >= 0x20 && byte < 0x7f; }

}  // namespace

std::string in_quotes(std::string_view text) {
  std::string out = "'";
  for (const char c : text.substr(0, kMostQuoted)) {
    const auto byte = static_cast<unsigned char>(c);
    out += printable(byte) ? std::string(1, c) : c == '\t' ? "\\t" : fmt::format("\\x{:02x}", byte);
  }
  return out + (text.size() > kMostQuoted ? "...'" : "'");
}

Fault foreign_start(std::string_view text) {
  for (const Format& format : kFormats)
    if (text.starts_with(format.magic)) return {format.what, format.hint};
  if (text.find('\0') != text.npos) return {"this is binary data, no FASTA", "check that this is the file you mean"};
  const auto line = text.substr(0, text.find_first_of("\r\n"));
  return {fmt::format("text stands before the first header: {}", in_quotes(line.substr(0, 40))),
          "a FASTA record begins with a line of '>' and a name"};
}

Fault foreign_letter(unsigned char letter) {
  const std::string shown = in_quotes({reinterpret_cast<const char*>(&letter), 1});
  if (letter == '-' || letter == '.')
    return {fmt::format("{}, a gap of an alignment, stands in a sequence", shown),
            "take the gaps out, e.g. with `seqkit seq -g`"};
  if (letter == '*' || (letter < 0x80 && std::isalpha(letter)))
    return {fmt::format("{} stands in a sequence: is this protein?", shown), kLetters};
  return {fmt::format("{} stands in a sequence", shown), kLetters};
}

}  // namespace iresweep
