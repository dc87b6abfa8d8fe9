#include "tests/support/model_files.h"

#include <cstring>

#include "host/model/model_file.h"
#include "tests/support/seeded_network.h"

namespace iresweep::test {

Model seeded_model(std::uint64_t seed) {
  Model model;
  model.name = "seeded";
  model.network = seeded_network(seed);
  model.step = 7;
  model.null_table = NullTable{{-3, -1, 0.5, 2}, {0.75, 0.5, 0.25, 0.001}, 12'345'678};
  model.provenance = {{"data", "made from a seed"}, {"trained", "never \"really\"\n"}};
  return model;
}

OwnFileParts own_file_parts(const Model& model) {
  const std::string file = format_model(model);
  std::uint64_t length = 0;
  std::memcpy(&length, file.data(), sizeof length);
  OwnFileParts parts{nlohmann::json::parse(file.substr(8, length)), file.substr(8 + length)};
  parts.header["__metadata__"].erase("checksum");
  return parts;
}

std::string join(const std::string& header, const std::string& data) {
  const std::uint64_t length = header.size();
  return std::string(reinterpret_cast<const char*>(&length), sizeof length) + header + data;
}

}  // namespace iresweep::test
