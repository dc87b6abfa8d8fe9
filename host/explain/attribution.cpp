#include "host/explain/attribution.h"

#include <algorithm>
#include <vector>

#include "kernels/reference/backward.h"

namespace iresweep {
namespace {

WindowValues grad_cam(const reference::Features& features, const reference::Features& gradients) {
  const std::size_t channels = features.front().size();
  std::vector<double> weight(channels, 0.0);
  for (const auto& position : gradients)
    for (std::size_t c = 0; c < channels; ++c) weight[c] += position[c] / double(kWindow);
  WindowValues values{};
  for (std::size_t t = 0; t < values.size(); ++t) {
    double sum = 0;
    for (std::size_t c = 0; c < channels; ++c) sum += weight[c] * features[t][c];
    values[t] = std::max(sum, 0.0);
  }
  return values;
}

}  // namespace

Attribution attribute(const Network& network, const WindowCodes& codes) {
  const reference::Layers layers = reference::forward(network, codes);
  const reference::Gradients gradients = reference::backward(network, codes, layers);
  Attribution found;
  found.grad_cam = grad_cam(layers.block2, gradients.block2);
  std::copy(layers.attention.begin(), layers.attention.end(), found.attention.begin());
  for (std::size_t t = 0; t < codes.size(); ++t) {
    std::copy(gradients.bases[t].begin(), gradients.bases[t].end(), found.gradient[t].begin());
    found.gradient_x_input[t] = codes[t] == kMissing ? 0 : found.gradient[t][codes[t]];
  }
  return found;
}

}  // namespace iresweep
