// What is written down about a run: the log, the provenance of a model, the identity of a checkpoint.
#pragma once
#include <map>
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

#include "host/train/fit.h"

namespace iresweep::train {

nlohmann::json json_of(const Quality& quality);
nlohmann::json json_of(const std::vector<Epoch>& epochs);
std::vector<Epoch> epochs_of(const nlohmann::json& epochs);

/// Everything that the weights depend on besides the table; paths are not among it.
nlohmann::json json_of(const FitOptions& options);

/// Rows by use and label, and the table's name and checksum.
nlohmann::json json_of(const Table& table, const Split& split);

/// Two runs of one identity give the same weights.
std::string identity_of(const Table& table, const Split& split, const FitOptions& options);

}  // namespace iresweep::train
