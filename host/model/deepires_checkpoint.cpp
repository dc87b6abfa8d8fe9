#include "host/model/deepires_checkpoint.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <set>
#include <utility>

#include "iresweep/error.h"

namespace iresweep {
namespace {

constexpr std::string_view kLayers = "layer_with_weights-", kSuffix = "/.ATTRIBUTES/VARIABLE_VALUE";

// Keras numbers the layers in the order in which the published program makes them; its layer 0 encodes the letters.
constexpr std::array<std::pair<std::string_view, std::string_view>, 24> kLayerNumbers = {{
    {"block1.first_k2", "1"},
    {"block1.first_k3", "2"},
    {"block1.first_k2_norm", "3"},
    {"block1.first_k3_norm", "4"},
    {"block1.second_k2", "5"},
    {"block1.second_k3", "6"},
    {"block1.second_k2_norm", "7"},
    {"block1.second_k3_norm", "8"},
    {"block1.shortcut", "9"},
    {"block2.first_k2", "10"},
    {"block2.first_k3", "11"},
    {"block2.first_k2_norm", "12"},
    {"block2.first_k3_norm", "13"},
    {"block2.second_k2", "14"},
    {"block2.second_k3", "15"},
    {"block2.second_k2_norm", "16"},
    {"block2.second_k3_norm", "17"},
    {"block2.shortcut", "18"},
    {"gru.forward", "19/forward_layer/cell"},
    {"gru.backward", "19/backward_layer/cell"},
    {"attention", "20"},
    {"hidden", "21"},
    {"hidden_norm", "22"},
    {"output", "23"},
}};

std::string tensor_name(std::string_view layer, std::string_view part) {
  return fmt::format("{}{}/{}{}", kLayers, layer, part, kSuffix);
}

// Where one of our tensors lies in the checkpoint.
struct Place {
  std::string name;
  std::vector<std::size_t> shape;  // of the checkpoint's tensor
  std::size_t first = 0;           // our values start here in it
};

Place place_of(const std::string& name, const std::vector<std::size_t>& shape) {
  const std::size_t dot = name.rfind('.');
  const std::string layer = name.substr(0, dot), part = name.substr(dot + 1);
  const auto found = std::ranges::find(kLayerNumbers, layer, &decltype(kLayerNumbers)::value_type::first);
  const auto at = [&](std::string_view theirs) { return tensor_name(found->second, theirs); };
  if (layer == "attention") {
    if (part == "context") return {at("u"), {shape[0], 1}};
    return {at(part == "kernel" ? "W" : "b"), shape};
  }
  if (part == "recurrent") return {at("recurrent_kernel"), shape};
  if (part == "input_bias") return {at("bias"), {2, shape[0]}};
  if (part == "recurrent_bias") return {at("bias"), {2, shape[0]}, shape[0]};
  if (part == "mean") return {at("moving_mean"), shape};
  if (part == "variance") return {at("moving_variance"), shape};
  return {at(part), shape};
}

// The published embedding: row 0 for a missing base, then A, C, G, T as unit vectors. With another one the same weights
// would mean another network.
void check_encoding(const TensorflowCheckpoint& checkpoint, const std::string& name, const std::string& path) {
  const std::array<std::size_t, 2> shape = {5, 4};
  const std::vector<float> table = checkpoint.read(name, shape);
  for (std::size_t letter = 0; letter < shape[0]; ++letter)
    for (std::size_t channel = 0; channel < shape[1]; ++channel)
      if (!(table[letter * shape[1] + channel] == (letter == channel + 1 ? 1.0f : 0.0f)))
        throw Error("the letters are not encoded as nothing, A, C, G, T", path + ", tensor '" + name + "'",
                    "give a checkpoint of the published DeepIRES network");
}

}  // namespace

Network read_deepires(const TensorflowCheckpoint& checkpoint, const std::string& path) {
  std::set<std::string> known = {tensor_name("0", "embeddings")};
  check_encoding(checkpoint, *known.begin(), path);
  Network network;
  for (const auto& tensor : tensors(network)) {
    const Place place = place_of(tensor.name, tensor.shape);
    const std::vector<float> values = checkpoint.read(place.name, place.shape);
    std::copy_n(values.begin() + std::ptrdiff_t(place.first), tensor.values.size(), tensor.values.begin());
    known.insert(place.name);
  }
  for (const std::string& name : checkpoint.names())
    if (name.starts_with(kLayers) && !known.contains(name))
      throw Error(fmt::format("the network has a tensor that DeepIRES lacks: '{}'", name), path,
                  "give a checkpoint of the published DeepIRES network");
  return network;
}

}  // namespace iresweep
