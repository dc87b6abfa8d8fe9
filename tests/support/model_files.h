// Files of iresweep's own format, taken apart so that tests can spoil them.
#pragma once
#include <cstdint>
#include <nlohmann/json.hpp>
#include <string>

#include "iresweep/model.h"

namespace iresweep::test {

/// A model with every optional part: null table, provenance, an unusual step.
Model seeded_model(std::uint64_t seed);

struct OwnFileParts {
  nlohmann::json header;  ///< without the checksum
  std::string data;
};
OwnFileParts own_file_parts(const Model& model);

/// A safetensors file of this header text and these data.
std::string join(const std::string& header, const std::string& data);

}  // namespace iresweep::test
