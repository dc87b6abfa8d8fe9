// Regions as text and as BED, and the index of a FASTA file, which says where they lie.
#include "host/input/genome/regions.h"

#include <algorithm>
#include <memory>
#include <utility>

#include "host/input/genome/genome.h"
#include "iresweep/error.h"
#include "tests/fuzz/fuzz.h"

namespace iresweep::fuzz {
namespace {

const std::string kGenome = ">c\nACGTACGTAC\nGTNNACGTAC\nGTA\n>d:1-3\nAC\nGT\n>e\nACGTT";
const std::string kIndex = "c\t23\t3\t10\t11\nd:1-3\t4\t36\t2\t3\ne\t5\t45\t5\t5\n";

const Contigs& contigs() {
  static const Contigs contigs = [] {
    Contigs all;
    for (const auto& [name, size] : {std::pair{"c", 10'000}, {"d", 500}, {"d:1-3", 100}, {"chr1", 248'956'422}})
      all.add(name, size);
    return all;
  }();
  return contigs;
}

void check(Regions found) {
  const auto within = [](const Region& region) {
    return region.contig < contigs().all().size() && region.stretch.start >= 0 &&
           region.stretch.start < region.stretch.end && region.stretch.end <= contigs()[region.contig].size;
  };
  hold(std::all_of(found.regions.begin(), found.regions.end(), within), "a region lies on its contig");
  const auto merged = merge_regions(std::move(found.regions));
  for (std::size_t i = 1; i < merged.size(); ++i)
    hold(std::pair(merged[i - 1].contig, merged[i - 1].stretch.end) <=
             std::pair(merged[i].contig, merged[i].stretch.start),
         "merged regions are apart");
}

// The file is sound and the index is not: what is read stands in the file, or nothing is.
void read_by_index(std::string_view index) {
  const std::string path = write_file("genome.fa", kGenome);
  write_file("genome.fa.fai", index);
  Genome genome({path}, "");
  std::vector<BaseCode> codes;
  for (std::size_t contig = 0; contig < genome.contigs().size(); ++contig) {
    const std::int64_t size = genome.contigs()[contig].size;
    for (const Interval stretch :
         {Interval{0, std::min<std::int64_t>(size, 100)}, {std::max<std::int64_t>(size - 100, 0), size}}) {
      codes.clear();
      genome.read(contig, stretch, codes);
      hold(std::int64_t(codes.size()) == stretch.size(), "as many bases come as were asked for");
      hold(codes.size() <= kGenome.size(), "no base comes that is not there");
    }
  }
}

}  // namespace

void run(Input input) {
  switch (input.byte() % 3) {
    case 0:
      return check(parse_regions(input.rest(), contigs()));
    case 1:
      return check(read_regions(write_file("regions.bed", input.rest()), contigs()));
    default:
      return read_by_index(input.rest());
  }
}

std::vector<std::string> seeds() {
  std::vector<std::string> all;
  for (const char* text :
       {"c:1,000-2,000,chr1", "{d:1-3}:2-3,{d}:-5,d:7-", "chr1:1000000,c:5-5", "d:1-3", "c:9,999-10,001"})
    all.push_back(std::string(1, '\0') + text);
  for (const char* text : {"#x\ntrack a\nc\t0\t100\tn\nchr1\t5\t70000000\n", "browser x\nd\t400\t600\r\nd\t1\t9\n"})
    all.push_back(std::string(1, '\1') + text);
  for (std::string& seed : shared_seeds("data/nasty", {".bed"}, std::string(1, '\1'))) all.push_back(std::move(seed));
  all.push_back(std::string(1, '\2') + kIndex);
  for (std::string& seed : shared_seeds("data/nasty", {".fai"}, std::string(1, '\2'))) all.push_back(std::move(seed));
  return all;
}

}  // namespace iresweep::fuzz
