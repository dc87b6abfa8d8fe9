// Where labelled windows lie, by sequence and by what attention makes of them: arrays for Python.
#pragma once
#include <stop_token>
#include <string>
#include <vector>

#include "host/evaluate/labelled_set.h"
#include "host/explain/npz_file.h"
#include "host/explain/window_chooser.h"

namespace iresweep {

/// A .npz with a row a window:
///   name                byte strings
///   label               1 for a positive, else 0
///   score
///   sequence            174 letters of ACGTN, as the network read them
///   attention [16]      the output of the attention layer: the states' mean by its weights
class MotifArrays {
 public:
  explicit MotifArrays(const std::string& path);

  /// By the oracle, about 2 ms a window. `windows` are of `set`, a record's index its place there. Ends early after a
  /// stop.
  void write(const Network& network, const std::vector<ChosenWindow>& windows, const LabelledSet& set, int threads,
             const std::stop_token& stop);
  /// Completes the file, under its temporary name.
  void close();
  OutputFile& file() { return npz_.file(); }

 private:
  NpzFile npz_;
  std::size_t label_, score_, sequence_, attention_;
  std::vector<std::string> names_;
};

}  // namespace iresweep
