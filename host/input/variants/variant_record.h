// A record of a VCF or BCF: what is looked at, and beside it all that it came with.
#pragma once
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

struct bcf1_t;

namespace iresweep {

struct VariantRecord {
  std::string contig;
  std::int64_t position = 0;      ///< of the first base of `ref`, 0-based; -1 where POS is 0, before the contig
  std::string ref;                ///< as written
  std::vector<std::string> alts;  ///< as written; none where ALT is '.'
  std::uint64_t number = 0;       ///< among the records of the file, from 1

  std::string line;             ///< of a VCF: the whole line, without its end
  std::shared_ptr<bcf1_t> bcf;  ///< of a BCF: the record, in terms of its file's header
};

}  // namespace iresweep
