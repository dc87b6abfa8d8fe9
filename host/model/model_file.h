// A model as iresweep's own file: what the tensors and the metadata of a safetensors file mean.
#pragma once
#include <string>
#include <string_view>

#include "iresweep/model.h"

namespace iresweep {

/// The model in the content of a safetensors file. Throws Error, naming `path`, unless it is a whole DeepIRES model.
Model parse_model(std::string_view file, const std::string& path);

/// The content of the file of `model`.
std::string format_model(const Model& model);

/// Throws Error, naming `path`, for what no engine can use: weights that are not finite, negative variances, another
/// window, a null table that is not sorted.
void check_model(const Model& model, const std::string& path);

}  // namespace iresweep
