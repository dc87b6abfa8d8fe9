// A tabix index of a finished .bed.gz or .vcf.gz.
#pragma once
#include <cstdint>
#include <string>

namespace iresweep {

struct TabixOptions {
  bool csi = false;    ///< else .tbi
  int skip_lines = 0;  ///< at the beginning, that are no rows
  bool vcf = false;    ///< else BED
};

/// Indexes the bgzip file `data` into the file `index`, which is complete on the disk on return. Returns false
/// when the rows are not in an order that can be indexed (a name in two places). Throws Error, with `shown` for the
/// index's name, when files cannot be read or written.
bool write_tabix_index(const std::string& data, const std::string& index, const TabixOptions& options,
                       const std::string& shown);

/// The greatest end that a .tbi can hold.
inline constexpr std::int64_t kTbiLimit = std::int64_t(1) << 29;

}  // namespace iresweep
