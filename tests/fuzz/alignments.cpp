// Aligned reads: whatever HTSlib hands over, made into records on a genome. Reads are written as BAM by HTSlib itself,
// which is not what is tested here.
#include <fmt/format.h>
#include <htslib/sam.h>

#include <algorithm>
#include <array>
#include <memory>
#include <optional>
#include <utility>

#include "host/input/alignments/alignment_source.h"
#include "host/input/alignments/cigar.h"
#include "host/input/alignments/depth.h"
#include "tests/fuzz/fuzz.h"

namespace iresweep::fuzz {
namespace {

constexpr std::int64_t kContig = 4000;
constexpr std::size_t kMostReads = 16, kMostOperations = 24;

const std::string& genome_path() {
  static const std::string path = [] {
    std::string text;
    for (const char* name : {">c\n", ">d\n"})
      text.append(name).append(kContig / 2, 'A').append(kContig / 2, 'G').append("\n");
    return write_file("genome.fa", text);
  }();
  return path;
}

template <class T>
using Handle = std::unique_ptr<T, void (*)(T*)>;

// An operation that is seldom long: most should fit the contig.
std::uint32_t operation(Input& input) {
  const std::uint32_t low = input.byte(), high = input.byte();
  const std::uint32_t length = low & 0x80 ? high << (low >> 4 & 7) : high;
  return bam_cigar_gen(length, low % 16 % 10);
}

// False when HTSlib itself refuses to make it.
bool make_read(Input& input, std::int64_t& position, int& contig, bam1_t* read) {
  const std::uint8_t kind = input.byte();
  const auto flag = std::uint16_t(input.byte() | (kind & 1) << 8 | (kind & 2) << 9);
  if (kind & 4) ++contig, position = -1;
  position += input.byte() << (kind & 8 ? 4 : 0);
  std::vector<std::uint32_t> cigar(input.byte() % kMostOperations);
  for (std::uint32_t& one : cigar) one = operation(input);
  std::int64_t size = kind & 16 ? 0 : read_size(cigar);
  if (size > 4 * kContig) return false;
  const std::string bases(std::size_t(size), "ACGTN="[kind % 6]);
  const std::string name = fmt::format("r{}", input.byte());
  if (bam_set1(read, name.size(), name.c_str(), flag, contig > 1 ? -1 : contig, position, input.byte(), cigar.size(),
               cigar.data(), -1, -1, 0, bases.size(), bases.c_str(), nullptr, 16) < 0)
    return false;
  // As minimap2 and others say the strand; a number of that name says something else.
  const std::string value = kind & 128 ? std::string(1, input.byte() % 2 ? '+' : '-') : std::string(4, '\0');
  if (kind & 32)
    bam_aux_append(read, kind & 64 ? "ts" : "XS", kind & 128 ? 'A' : 'i', int(value.size()),
                   reinterpret_cast<const std::uint8_t*>(value.data()));
  return true;
}

std::string write_reads(Input& input) {
  std::string path = write_file("reads.bam", "");
  const Handle<htsFile> file(hts_open(path.c_str(), "wb0"), [](htsFile* one) { hts_close(one); });
  const std::string text = fmt::format("@HD\tVN:1.6\n@SQ\tSN:c\tLN:{}\n@SQ\tSN:d\tLN:{}\n", kContig, kContig);
  const Handle<sam_hdr_t> header(sam_hdr_parse(text.size(), text.c_str()), sam_hdr_destroy);
  const Handle<bam1_t> read(bam_init1(), bam_destroy1);
  hold(file && header && read && sam_hdr_write(file.get(), header.get()) == 0, "HTSlib writes a header");
  std::int64_t position = -1;
  int contig = 0;
  for (std::size_t i = 0; i < kMostReads && !input.empty(); ++i)
    if (make_read(input, position, contig, read.get()) && sam_write1(file.get(), header.get(), read.get()) < 0) break;
  return path;
}

void check(const Piece& piece) {
  const CoordinateMap& map = *piece.record->map;
  hold(map.size() == std::int64_t(piece.codes.size()) && map.size() > 0, "a map is as long as its record");
  for (std::int64_t start = 0; start < map.size(); start += 50) {
    const auto blocks = map.project({start, std::min(start + 174, map.size())});
    hold(!blocks.empty(), "a window lies somewhere");
    for (std::size_t i = 0; i < blocks.size(); ++i)
      hold(blocks[i].size() > 0 && (i == 0 || blocks[i - 1].end <= blocks[i].start), "blocks ascend and are apart");
  }
  const auto everywhere = map.locate({{0, std::int64_t(1) << 40}});
  hold(!everywhere.empty() && everywhere.front().start >= 0 && everywhere.back().end <= map.size(),
       "what lies on the contig lies in the record");
}

}  // namespace

void run(Input input) {
  const std::uint8_t options = input.byte();
  const std::string path = write_reads(input);
  ReadOptions wanted;
  wanted.unknown_strand_too = options & 1;
  wanted.direction = options & 2 ? ReadDirection::reverse : ReadDirection::unknown;
  auto genome = options & 4 ? std::make_unique<Genome>(std::vector{genome_path()}, "") : nullptr;
  AlignmentSource source(AlignmentFile(path, {.reference = "", .sequences = true, .threads = 1}), wanted, {},
                         std::move(genome));
  std::optional<DepthSweep> depth(options / 64);
  std::string contig = "c";
  while (const auto piece = source.next()) {
    check(*piece);
    const CoordinateMap& map = *piece->record->map;
    if (std::exchange(contig, map.contig()) != contig) depth.emplace(1);
    depth->advance(map.blocks().front().start);
    for (const Interval& block : map.blocks()) depth->add(block);
  }
  const auto deep = depth->finish();
  for (std::size_t i = 1; i < deep.size(); ++i) hold(deep[i - 1].end < deep[i].start, "deep stretches are apart");
}

std::vector<std::string> seeds() {
  // Kind, flag, shift, operations, each of two bytes, name, mapping quality, strand.
  const std::string plain("\0\0\x0a\x01\0\xc8\x01\x3c\0", 9);
  const std::string spliced("\xe0\x10\x14\x05\x04\x0a\0\x64\x03\xff\0\x96\x01\x02\x02\x3c+", 17);
  const std::string deleted("\x20\0\x05\x05\x02\x04\0\xff\x02\x09\0\x64\x05\x10\x03\x3c-", 17);
  std::vector<std::string> all;
  for (const char options : {'\1', '\3', '\5', '\7'}) {
    all.push_back(std::string(1, options) + plain + spliced + deleted);
    all.push_back(std::string(1, options) + deleted + plain);
  }
  return all;
}

}  // namespace iresweep::fuzz
