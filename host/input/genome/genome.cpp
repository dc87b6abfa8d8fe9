#include "host/input/genome/genome.h"

#include <fmt/format.h>

#include <algorithm>

#include "host/input/fasta_faults.h"
#include "host/input/record_name.h"
#include "iresweep/error.h"

namespace iresweep {
namespace {

constexpr std::int64_t kChunk = 128 * 1024;
constexpr std::size_t kMostChunks = 128;

}  // namespace

Genome::Genome(const std::vector<std::string>& paths, const std::string& name_until) {
  for (const std::string& path : paths) {
    fastas_.push_back(std::make_unique<IndexedFasta>(path));
    facts_.emplace_back().path = path;
    const auto& entries = fastas_.back()->contigs();
    for (std::size_t i = 0; i < entries.size(); ++i) {
      const std::string_view name = cut_name(entries[i].name, name_until);
      if (!names_.add(std::string(name), entries[i].size))
        throw Error(fmt::format("two contigs are called {}", in_quotes(name)), path,
                    "give each contig a name of its own");
      places_.push_back({fastas_.size() - 1, i});
    }
  }
}

std::vector<std::string> Genome::notes() const {
  std::vector<std::string> notes;
  for (const auto& fasta : fastas_)
    if (!fasta->note().empty()) notes.push_back(fasta->note());
  return notes;
}

void Genome::count_record(std::size_t contig) { ++facts_of(contig).records; }

void Genome::count_bases(std::size_t contig, const std::vector<BaseCode>& codes) {
  InputFacts& facts = facts_of(contig);
  facts.bases += codes.size();
  facts.file_read += codes.size();
  facts.missing_bases += std::uint64_t(std::count(codes.begin(), codes.end(), kMissing));
}

void Genome::expect_bases(std::size_t contig, std::int64_t bases) {
  facts_of(contig).file_size += std::uint64_t(bases);
}

void Genome::read(std::size_t contig, Interval stretch, std::vector<BaseCode>& out) {
  while (stretch.start < stretch.end) {
    const std::int64_t number = stretch.start / kChunk;
    const auto& codes = chunk({contig, number});
    const std::int64_t from = stretch.start - number * kChunk, to = std::min(stretch.end - number * kChunk, kChunk);
    out.insert(out.end(), codes.begin() + from, codes.begin() + to);
    stretch.start += to - from;
  }
}

const std::vector<BaseCode>& Genome::chunk(ChunkKey key) {
  if (const auto found = by_key_.find(key); found != by_key_.end()) {
    chunks_.splice(chunks_.begin(), chunks_, found->second);
    return chunks_.front().codes;
  }
  if (chunks_.size() < kMostChunks) {
    chunks_.emplace_front();
  } else {
    by_key_.erase(chunks_.back().key);
    chunks_.splice(chunks_.begin(), chunks_, std::prev(chunks_.end()));
  }
  Chunk& chunk = chunks_.front();
  const auto [contig, number] = chunk.key = key;
  const std::int64_t start = number * kChunk, end = std::min(start + kChunk, names_[contig].size);
  chunk.codes.resize(std::size_t(end - start));
  const PlaceInFile place = places_[contig];
  fastas_[place.file]->read(place.contig, {start, end}, chunk.codes.data());
  by_key_[key] = chunks_.begin();
  return chunk.codes;
}

}  // namespace iresweep
