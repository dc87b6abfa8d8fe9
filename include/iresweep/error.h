// The one exception that library code throws.
#pragma once
#include <stdexcept>
#include <string>

namespace iresweep {

/// Something the user can mend. tools/ prints it as one line: what, where, how to mend it.
struct Error : std::runtime_error {
  Error(std::string fault, std::string place, std::string mend)
      : std::runtime_error(fault), what_failed(std::move(fault)), where(std::move(place)), hint(std::move(mend)) {}

  std::string what_failed;  ///< the fault: "the gzip data end in the middle of a block"
  std::string where;        ///< file, record, line: "x.fa.gz, record 'chr2', line 17"; may be empty
  std::string hint;         ///< the mend: "copy the file again"; may be empty
};

}  // namespace iresweep
