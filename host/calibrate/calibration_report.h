// A calibration in words: for people, for records, and for the model file.
#pragma once
#include <map>
#include <string>

#include "host/calibrate/calibration.h"

namespace iresweep {

/// Lines for people: rates of shuffled, real and antisense windows, and how they follow the U content.
std::string calibration_text(const Calibration& result);

/// The same as indented JSON, with inputs and options; keys in a fixed order, a line end last.
std::string calibration_json(const Calibration& result, const std::string& model_name, const std::string& model_hash);

/// What a model file should say of its null table (Model::provenance): how it was made, and the rates by U content.
std::map<std::string, std::string> calibration_provenance(const Calibration& result);

}  // namespace iresweep
