// Explanations as arrays for Python.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "host/explain/methods.h"
#include "host/explain/npz_file.h"

namespace iresweep {

/// A .npz with a row a window:
///   name, contig, strand    byte strings
///   position [174]          0-based on the contig, -1 for padding
///   score, logit            of the window
///   sequence                174 letters of ACGTN, as the network read them
///   gradcam [174], gradient [174][4] (by A, C, G, T: also of bases that are not there), attention [174],
///   mutagenesis [174][4], deletion [174 - k + 1]   changes of the logit, nan where there is none
class ExplanationArrays : public ExplanationSink {
 public:
  ExplanationArrays(const std::string& path, const Methods& methods);

  void write(const Explanation& explanation) override;
  /// Completes the file, under its temporary name.
  void close();
  OutputFile& file() { return npz_.file(); }

 private:
  NpzFile npz_;
  const Methods methods_;
  std::size_t strand_, position_, score_, logit_, sequence_;
  std::optional<std::size_t> gradcam_, gradient_, attention_, mutagenesis_, deletion_;
  std::vector<std::string> names_, contigs_;
};

}  // namespace iresweep
