// Explanations as a table: a row a base.
#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "host/explain/methods.h"
#include "host/output/output_file.h"

namespace iresweep {

/// Tab-separated, a header line first; bases of padding have no row:
///   window name score contig position strand base [gradcam] [gradient] [attention]
///   [mutagenesis to_A to_C to_G to_T [deletion]]
/// `window` counts from 1; `position` is 1-based on the contig, which for a record without a map is the record itself;
/// `base` is as the network read it: on the minus strand the complement. '.' where there is no value.
class ExplanationTable : public ExplanationSink {
 public:
  /// `path` "-" or "": standard output.
  ExplanationTable(const std::string& path, bool bgzip, const Methods& methods);

  void write(const Explanation& explanation) override;

  OutputFile& file() { return file_; }

 private:
  OutputFile file_;
  const Methods methods_;
  const std::vector<PositionValue> values_;
  std::uint64_t windows_ = 0;
  std::string text_;
};

}  // namespace iresweep
