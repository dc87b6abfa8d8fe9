#include <filesystem>

#include "host/model/deepires_checkpoint.h"
#include "host/model/file_bytes.h"
#include "host/model/model_file.h"
#include "iresweep/error.h"
#include "iresweep/model.h"

namespace iresweep {
namespace {

constexpr std::string_view kIndex = ".index";

Model load_checkpoint(const std::string& prefix) {
  Model model;
  model.name = std::filesystem::path(prefix).filename();
  model.network = read_deepires(TensorflowCheckpoint(prefix), prefix);
  return model;
}

bool exists(const std::string& path) {
  std::error_code ignored;
  return std::filesystem::exists(path, ignored);
}

// What people have in hand when they have no model of ours, told by its first bytes.
void refuse_known_foreign(std::string_view file, const std::string& path) {
  if (file.starts_with("\x1f\x8b")) throw Error("the model is compressed", path, "unpack it with gunzip");
  if (file.starts_with("\x89HDF") || file.starts_with("PK\x03\x04"))
    throw Error("this is a Keras (or PyTorch) archive, which iresweep does not read", path,
                "save the network as a TensorFlow checkpoint and give its prefix, or give a *.safetensors file");
}

Model load_any(const std::string& path) {
  if (path.ends_with(kIndex)) return load_checkpoint(path.substr(0, path.size() - kIndex.size()));
  const std::string index = path + std::string(kIndex);
  if (exists(index)) return load_checkpoint(path);
  if (!exists(path))
    throw Error("there is no such model", path,
                "looked for this file and for " + index +
                    "; give a *.safetensors file or the prefix of a TensorFlow checkpoint");
  const std::string file = read_file(path);
  refuse_known_foreign(file, path);
  return parse_model(file, path);
}

}  // namespace

Model load_model(const std::string& path) {
  Model model = load_any(path);
  check_model(model, path);
  return model;
}

void save_model(const Model& model, const std::string& path) {
  check_model(model, path);
  replace_file(path, format_model(model));
}

}  // namespace iresweep
