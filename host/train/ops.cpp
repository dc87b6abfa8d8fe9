#include "host/train/ops.h"

#include <torch/autograd.h>

#include "host/train/lanes.h"

namespace iresweep::train {
namespace {

using torch::Tensor;
using torch::autograd::AutogradContext;
using torch::autograd::variable_list;

lanes::Extent extent_of(const Tensor& x) {
  TORCH_CHECK(x.dim() == 3 && x.is_contiguous() && x.scalar_type() == torch::kFloat32, "features are not dense floats");
  TORCH_CHECK(x.size(2) % lanes::kLanes == 0, "the number of windows is not a multiple of ", lanes::kLanes);
  return {int(x.size(0)), int(x.size(2))};
}

// Keras's 'same' padding: of (taps - 1) * dilation zeros, half (rounded down) stand on the left.
lanes::ConvShape shape_of(const Tensor& kernel, int dilation, int rows) {
  TORCH_CHECK(kernel.size(0) <= lanes::kMostTaps, "a kernel has more than ", lanes::kMostTaps, " taps");
  lanes::ConvShape shape{int(kernel.size(0)), int(kernel.size(1)), int(kernel.size(2)), rows, {}};
  const int left = (shape.taps - 1) * dilation / 2;
  for (int tap = 0; tap < shape.taps; ++tap) shape.offset[tap] = tap * dilation - left;
  return shape;
}

// The gradient of the input is a convolution of dy with the kernel turned round.
Tensor input_gradient(const lanes::ConvShape& shape, const Tensor& kernel, const Tensor& dy) {
  const Tensor turned = kernel.transpose(1, 2).contiguous();
  lanes::ConvShape back{shape.taps, shape.out, shape.in, shape.in, {}};
  for (int tap = 0; tap < shape.taps; ++tap) back.offset[tap] = -shape.offset[tap];
  Tensor dx = torch::empty({dy.size(0), shape.in, dy.size(2)});
  lanes::convolve(back, extent_of(dy), dy.data_ptr<float>(), turned.data_ptr<float>(), nullptr, dx.data_ptr<float>());
  return dx;
}

// Any number of convolutions of one input side by side; arguments: x, then kernel and bias of each.
class Convolutions : public torch::autograd::Function<Convolutions> {
 public:
  static Tensor forward(AutogradContext* context, at::TensorList inputs, std::int64_t dilation) {
    const Tensor& x = inputs[0];
    std::int64_t rows = 0, first = 0;
    for (std::size_t i = 1; i < inputs.size(); i += 2) rows += inputs[i].size(2);
    Tensor y = torch::empty({x.size(0), rows, x.size(2)});
    for (std::size_t i = 1; i < inputs.size(); i += 2) {
      const auto shape = shape_of(inputs[i], int(dilation), int(rows));
      lanes::convolve(shape, extent_of(x), x.data_ptr<float>(), inputs[i].data_ptr<float>(),
                      inputs[i + 1].data_ptr<float>(), y.data_ptr<float>() + first * x.size(2));
      first += shape.out;
    }
    context->save_for_backward(inputs.vec());
    context->saved_data["dilation"] = dilation;
    return y;
  }

  static variable_list backward(AutogradContext* context, const variable_list& gradients) {
    const auto inputs = context->get_saved_variables();
    const int dilation = int(context->saved_data["dilation"].toInt());
    const Tensor dy = gradients[0].contiguous(), bias_gradients = dy.sum(at::IntArrayRef{0, 2});
    variable_list result(inputs.size() + 1);
    std::int64_t first = 0;
    for (std::size_t i = 1; i < inputs.size(); i += 2) {
      const auto shape = shape_of(inputs[i], dilation, int(dy.size(1)));
      result[i] = torch::empty_like(inputs[i]);
      lanes::convolve_kernel_gradient(shape, extent_of(dy), inputs[0].data_ptr<float>(),
                                      dy.data_ptr<float>() + first * dy.size(2), result[i].data_ptr<float>());
      result[i + 1] = bias_gradients.narrow(0, first, shape.out).clone();
      if (inputs[0].requires_grad()) {
        const Tensor dx = input_gradient(shape, inputs[i], dy.narrow(1, first, shape.out).contiguous());
        result[0] = result[0].defined() ? result[0].add_(dx) : dx;
      }
      first += shape.out;
    }
    return result;
  }
};

lanes::GruShape shape_of(const Tensor* w) { return {int(w[0].size(0)), int(w[1].size(0))}; }

lanes::GruWeights weights_of(const Tensor* w) {
  return {w[0].data_ptr<float>(), w[1].data_ptr<float>(), w[2].data_ptr<float>(), w[3].data_ptr<float>()};
}

// Arguments: x, the four tensors of the forward direction, the four of the backward one.
class BidirectionalGru : public torch::autograd::Function<BidirectionalGru> {
 public:
  static Tensor forward(AutogradContext* context, at::TensorList inputs) {
    const Tensor& x = inputs[0];
    const lanes::GruShape shape = shape_of(&inputs[1]);
    Tensor y = torch::empty({x.size(0), 2 * shape.units, x.size(2)});
    variable_list saved = inputs.vec();
    for (const bool reversed : {false, true}) {
      Tensor tape = torch::empty({x.size(0), 4 * shape.units, x.size(2)});
      lanes::gru_forward(shape, weights_of(&inputs[reversed ? 5 : 1]), extent_of(x), reversed, x.data_ptr<float>(),
                         y.data_ptr<float>(), tape.data_ptr<float>());
      saved.push_back(tape);
    }
    saved.push_back(y);
    context->save_for_backward(saved);
    return y;
  }

  static variable_list backward(AutogradContext* context, const variable_list& gradients) {
    const auto saved = context->get_saved_variables();
    const Tensor &x = saved[0], &y = saved[11], dy = gradients[0].contiguous();
    variable_list result{torch::zeros_like(x)};
    for (int i = 1; i < 9; ++i) result.push_back(torch::zeros_like(saved[i]));
    for (const bool reversed : {false, true}) {
      const int first = reversed ? 5 : 1;
      const auto out = [&](int i) { return result[first + i].data_ptr<float>(); };
      lanes::gru_backward(shape_of(&saved[first]), weights_of(&saved[first]), extent_of(x), reversed,
                          x.data_ptr<float>(), y.data_ptr<float>(), saved[reversed ? 10 : 9].data_ptr<float>(),
                          dy.data_ptr<float>(), result[0].data_ptr<float>(), {out(0), out(1), out(2), out(3)});
    }
    return result;
  }
};

}  // namespace

Tensor convolve(const Tensor& x, const Tensor& kernel, const Tensor& bias, int dilation) {
  const variable_list inputs{x, kernel, bias};
  return Convolutions::apply(at::TensorList(inputs), std::int64_t(dilation));
}

Tensor convolve_pair(const Tensor& x, const std::array<Tensor, 2>& kernels, const std::array<Tensor, 2>& biases,
                     int dilation) {
  const variable_list inputs{x, kernels[0], biases[0], kernels[1], biases[1]};
  return Convolutions::apply(at::TensorList(inputs), std::int64_t(dilation));
}

Tensor bidirectional_gru(const Tensor& x, const GruTensors& forward, const GruTensors& backward) {
  variable_list inputs{x};
  inputs.insert(inputs.end(), forward.begin(), forward.end());
  inputs.insert(inputs.end(), backward.begin(), backward.end());
  return BidirectionalGru::apply(at::TensorList(inputs));
}

}  // namespace iresweep::train
