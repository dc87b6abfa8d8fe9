// A model: the network's weights and what must be known to use them.
#pragma once
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "iresweep/bases.h"
#include "iresweep/network.h"

namespace iresweep {

/// The share of null windows that windows must score above to be called, where nothing else is asked for.
inline constexpr double kDefaultNullRate = 0.001;

/// How often windows of dinucleotide-shuffled transcripts reach a score: what composition alone explains.
struct NullTable {
  std::vector<double> logit;  ///< ascending
  std::vector<double> share;  ///< share of null windows with a logit >= logit[i]; never rising
  std::uint64_t windows = 0;  ///< null windows counted

  /// The share of null windows that reach `logit`; never below 1 / windows. Between two entries the larger share.
  double share_at(double logit) const;
  /// The smallest logit that at most a share `rate` of null windows reaches; throws Error when the table does not go
  /// that far.
  double logit_at(double rate) const;
};

struct Model {
  std::string name;  ///< for summaries: the file's name
  Network network;
  int window = kWindow, step = kPublishedStep;
  std::optional<NullTable> null_table;            ///< absent in a TensorFlow checkpoint
  std::map<std::string, std::string> provenance;  ///< free text, shown by `iresweep model show`
};

/// Reads *.safetensors or the prefix of a TensorFlow checkpoint (prefix.index, prefix.data-00000-of-00001).
/// Throws Error for a file that is missing, truncated, foreign, or of other names or shapes.
Model load_model(const std::string& path);

/// The model that lies in the library itself, trained by this project; it has a null table.
Model builtin_model();

/// Writes *.safetensors under a temporary name, then renames it. Throws Error.
void save_model(const Model& model, const std::string& path);

/// XXH3-128 of all weights in the order of tensors(), in hexadecimal: the same for a checkpoint and its conversion.
std::string weights_hash(const Network& network);

/// Probability-like score of a window from its logit: 1 / (1 + exp(-logit)), rounded to float once.
float score_of(double logit);

}  // namespace iresweep
