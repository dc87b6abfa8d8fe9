// Names and shapes of the weight tensors, in the order of iresweep's own files.
#include "iresweep/network.h"

namespace iresweep {
namespace {

// Walks a (const or mutable) network and collects a view of each tensor.
template <class Float>
class Collector {
 public:
  std::vector<TensorView<Float>> views;

  template <class Layer>
  void conv(const std::string& name, Layer& layer) {
    const auto& kernel = layer.kernel;
    const auto& tap = kernel.front();
    add(name + ".kernel", {kernel.size(), tap.size(), tap.front().size()}, layer.kernel[0][0].data());
    add(name + ".bias", {layer.bias.size()}, layer.bias.data());
  }

  template <class Layer>
  void dense(const std::string& name, Layer& layer) {
    matrix(name + ".kernel", layer.kernel);
    add(name + ".bias", {layer.bias.size()}, layer.bias.data());
  }

  template <class Layer>
  void norm(const std::string& name, Layer& layer) {
    add(name + ".gamma", {layer.gamma.size()}, layer.gamma.data());
    add(name + ".beta", {layer.beta.size()}, layer.beta.data());
    add(name + ".mean", {layer.mean.size()}, layer.mean.data());
    add(name + ".variance", {layer.variance.size()}, layer.variance.data());
  }

  template <class Block>
  void block(const std::string& name, Block& block) {
    conv(name + ".first_k2", block.first_k2);
    conv(name + ".first_k3", block.first_k3);
    norm(name + ".first_k2_norm", block.first_k2_norm);
    norm(name + ".first_k3_norm", block.first_k3_norm);
    conv(name + ".second_k2", block.second_k2);
    conv(name + ".second_k3", block.second_k3);
    norm(name + ".second_k2_norm", block.second_k2_norm);
    norm(name + ".second_k3_norm", block.second_k3_norm);
    conv(name + ".shortcut", block.shortcut);
  }

  template <class Layer>
  void gru(const std::string& name, Layer& layer) {
    matrix(name + ".kernel", layer.kernel);
    matrix(name + ".recurrent", layer.recurrent);
    add(name + ".input_bias", {layer.input_bias.size()}, layer.input_bias.data());
    add(name + ".recurrent_bias", {layer.recurrent_bias.size()}, layer.recurrent_bias.data());
  }

  template <class Layer>
  void attention(const std::string& name, Layer& layer) {
    dense(name, layer);
    add(name + ".context", {layer.context.size()}, layer.context.data());
  }

 private:
  template <class Rows>
  void matrix(const std::string& name, Rows& rows) {
    add(name, {rows.size(), rows.front().size()}, rows.front().data());
  }

  // Nested std::arrays of float lie in memory without gaps, outermost first.
  void add(std::string name, std::vector<std::size_t> shape, Float* values) {
    std::size_t count = 1;
    for (const std::size_t extent : shape) count *= extent;
    views.push_back({std::move(name), std::move(shape), std::span<Float>(values, count)});
  }
};

template <class Float, class AnyNetwork>
std::vector<TensorView<Float>> collect(AnyNetwork& network) {
  Collector<Float> collector;
  collector.block("block1", network.block1);
  collector.block("block2", network.block2);
  collector.gru("gru.forward", network.forward);
  collector.gru("gru.backward", network.backward);
  collector.attention("attention", network.attention);
  collector.dense("hidden", network.hidden);
  collector.norm("hidden_norm", network.hidden_norm);
  collector.dense("output", network.output);
  return std::move(collector.views);
}

}  // namespace

std::vector<TensorView<float>> tensors(Network& network) { return collect<float>(network); }
std::vector<TensorView<const float>> tensors(const Network& network) { return collect<const float>(network); }

}  // namespace iresweep
