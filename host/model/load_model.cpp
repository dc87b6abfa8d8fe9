#include <filesystem>

#include "host/model/deepires_checkpoint.h"
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

}  // namespace

Model load_model(const std::string& path) {
  if (path.ends_with(kIndex)) return load_checkpoint(path.substr(0, path.size() - kIndex.size()));
  return load_checkpoint(path);
}

}  // namespace iresweep
