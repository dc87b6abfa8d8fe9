#include "host/train/architecture.h"

#include <algorithm>

#include "host/train/lanes.h"
#include "iresweep/error.h"
#include "iresweep/network.h"

namespace iresweep::train {
namespace {

constexpr std::array<std::string_view, 4> kArchitectures{"full", "cnn", "cnn-gru", "cnn-gru-attention"};
constexpr int kHidden = 32;

bool belongs(const std::string& name, Architecture architecture) {
  const bool shortcut = name.find(".shortcut.") != std::string::npos;
  if (architecture == Architecture::full) return true;
  if (shortcut) return false;
  if (name.starts_with("gru.")) return architecture != Architecture::cnn;
  if (name.starts_with("attention.")) return architecture == Architecture::cnn_gru_attention;
  return true;
}

void add_norm(std::vector<NamedShape>& list, const std::string& name, std::int64_t channels) {
  for (const auto* part : {".gamma", ".beta", ".mean", ".variance"}) list.push_back({name + part, {channels}});
}

void add_convolution(std::vector<NamedShape>& list, const std::string& name, std::int64_t taps, std::int64_t in,
                     std::int64_t out) {
  list.push_back({name + ".kernel", {taps, in, out}});
  list.push_back({name + ".bias", {out}});
}

void add_dense(std::vector<NamedShape>& list, const std::string& name, std::int64_t in, std::int64_t out) {
  list.push_back({name + ".kernel", {in, out}});
  list.push_back({name + ".bias", {out}});
}

void add_block(std::vector<NamedShape>& list, const std::string& name, const std::array<int, 2>& kernels, int in,
               int filters) {
  int inputs = in;
  for (const auto* layer : {".first", ".second"}) {
    add_convolution(list, name + layer + "_k2", kernels[0], inputs, filters);
    add_convolution(list, name + layer + "_k3", kernels[1], inputs, filters);
    add_norm(list, name + layer + "_k2_norm", filters);
    add_norm(list, name + layer + "_k3_norm", filters);
    inputs = 2 * filters;
  }
  add_convolution(list, name + ".shortcut", 1, in, 2 * filters);
}

void add_gru(std::vector<NamedShape>& list, const std::string& name, std::int64_t in, std::int64_t units) {
  list.push_back({name + ".kernel", {in, 3 * units}});
  list.push_back({name + ".recurrent", {units, 3 * units}});
  list.push_back({name + ".input_bias", {3 * units}});
  list.push_back({name + ".recurrent_bias", {3 * units}});
}

}  // namespace

Architecture architecture_of(const std::string& name) {
  const auto found = std::find(kArchitectures.begin(), kArchitectures.end(), name);
  if (found == kArchitectures.end())
    throw Error("there is no architecture '" + name + "'", "", "choose full, cnn, cnn-gru or cnn-gru-attention");
  return Architecture(found - kArchitectures.begin());
}

std::string_view name_of(Architecture architecture) { return kArchitectures[std::size_t(architecture)]; }

bool is_published(Architecture architecture, const Shape& shape) {
  return architecture == Architecture::full && shape == Shape{};
}

void check_shape(const Shape& shape) {
  for (const int taps : shape.kernels)
    if (taps < 1 || taps > lanes::kMostTaps)
      throw Error("a kernel has " + std::to_string(taps) + " taps", "--kernels",
                  "give two numbers from 1 to 7, as 2,3");
  for (const int filters : shape.filters)
    if (filters < 8 || filters % 8 != 0)
      throw Error("a convolution has " + std::to_string(filters) + " filters", "--filters",
                  "give two multiples of 8, as 16,8");
  if (shape.gru_units < 4 || shape.gru_units % 4 != 0)
    throw Error("the GRU has " + std::to_string(shape.gru_units) + " units", "--gru-units", "give a multiple of 4");
}

std::vector<NamedShape> tensors_of(Architecture architecture, const Shape& shape) {
  const int features = 2 * shape.filters[1], states = 2 * shape.gru_units;
  std::vector<NamedShape> list;
  add_block(list, "block1", shape.kernels, 4, shape.filters[0]);
  add_block(list, "block2", shape.kernels, 2 * shape.filters[0], shape.filters[1]);
  add_gru(list, "gru.forward", features, shape.gru_units);
  add_gru(list, "gru.backward", features, shape.gru_units);
  add_dense(list, "attention", states, Attention::kUnits);
  list.push_back({"attention.context", {Attention::kUnits}});
  add_dense(list, "hidden", architecture == Architecture::cnn ? features : states, kHidden);
  add_norm(list, "hidden_norm", kHidden);
  add_dense(list, "output", kHidden, 1);
  std::erase_if(list, [&](const NamedShape& tensor) { return !belongs(tensor.name, architecture); });
  return list;
}

}  // namespace iresweep::train
