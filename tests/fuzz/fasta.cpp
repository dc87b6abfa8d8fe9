// FASTA, plain and packed. However small the pieces are that it is read in, the records, or the error, are the same.
#include <algorithm>
#include <array>
#include <utility>

#include "host/input/fasta_source.h"
#include "iresweep/error.h"
#include "tests/fuzz/fuzz.h"

namespace iresweep::fuzz {
namespace {

struct Outcome {
  std::vector<std::string> names;
  std::vector<std::vector<BaseCode>> codes;
  std::uint64_t bases = 0, missing = 0, empty = 0;
  std::string fault, place;
  bool operator==(const Outcome&) const = default;
};

Outcome read(const std::string& path, const std::string& until, std::size_t piece_bases) {
  Outcome outcome;
  try {
    const auto source = open_fasta({path}, {.threads = 1, .name_until = until, .piece_bases = piece_bases});
    while (auto piece = source->next()) {
      hold(piece->codes.size() <= piece_bases, "a piece is not larger than asked for");
      const bool fresh = piece->record->index == outcome.names.size();
      hold(fresh || piece->record->index + 1 == outcome.names.size(), "records come in order");
      if (fresh) outcome.names.push_back(piece->record->name), outcome.codes.emplace_back();
      outcome.codes.back().insert(outcome.codes.back().end(), piece->codes.begin(), piece->codes.end());
    }
    const InputFacts facts = source->facts().at(0);
    hold(facts.records == outcome.names.size(), "every record is counted");
    outcome.bases = facts.bases, outcome.missing = facts.missing_bases, outcome.empty = facts.empty_records;
  } catch (const Error& error) {
    outcome.fault = error.what_failed, outcome.place = error.where;
  }
  for (const auto& codes : outcome.codes)
    hold(std::all_of(codes.begin(), codes.end(), [](BaseCode code) { return code <= kMissing; }), "codes are codes");
  return outcome;
}

}  // namespace

void run(Input input) {
  const std::uint8_t options = input.byte();
  constexpr std::array<std::size_t, 4> kPieces = {1, 7, 173, 1024};
  constexpr std::size_t kLarge = 10'000;  // more than plain text has
  const std::string path = write_file("in.fa", input.rest()), until = options & 4 ? "|" : "";
  Outcome small = read(path, until, kPieces[options & 3]), large = read(path, until, kLarge);
  // Of a record that an error cuts off, small pieces have handed out more.
  if (!large.fault.empty())
    for (Outcome* outcome : {&small, &large}) outcome->names.clear(), outcome->codes.clear();
  hold(small == large, "the size of pieces changes nothing");
}

std::vector<std::string> seeds() {
  std::vector<std::string> all = shared_seeds("data/nasty", {".fa", ".fasta", ".fa.gz", ".fq"}, std::string(1, '\1'));
  for (std::string& seed : shared_seeds("data/viral", {".fasta"}, std::string(1, '\3'))) all.push_back(std::move(seed));
  for (const char* text :
       {">a\nACGTN\n>b|c d\nacguryswk\n\n", "\xef\xbb\xbf \n>\n>x\r\nAC GT\r\n", ">a\nAC-GT*\n", "@r\nACGT\n+\nIIII\n"})
    all.push_back(std::string(1, '\5') + text);
  // gzip of ">a\nACGT\n", stored, and cut before its checksum.
  const std::string packed("\x1f\x8b\x08\0\0\0\0\0\0\xff\x01\x08\0\xf7\xff>a\nACGT\n", 23);
  all.push_back(std::string(1, '\0') + packed);
  return all;
}

}  // namespace iresweep::fuzz
