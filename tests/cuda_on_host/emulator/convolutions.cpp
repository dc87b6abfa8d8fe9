// Stands in for kernels/cuda/conv_cudnn.cpp: the same convolutions of the same folded weights by plain loops, over
// small tiles.
#include <algorithm>
#include <span>

#include "kernels/cuda/conv_cudnn.h"
#include "tests/cuda_on_host/emulator/devices.h"

namespace iresweep::cuda {
namespace {

constexpr int kColumns = 256;

// y = relu(convolution of x + z), all planes [channel][kColumns]; z may be null.
template <int Out, int In, int Taps>
void convolve(const PlainConv<Out, In, Taps>& conv, int dilation, const float* x, const float* z, float* y) {
  const int padding = (Taps - 1) * dilation / 2;
  for (int out = 0; out < Out; ++out)
    for (int column = 0; column < kColumns; ++column) {
      double sum = conv.bias[out];
      for (int tap = 0; tap < Taps; ++tap) {
        const int from = column + tap * dilation - padding;
        if (from < 0 || from >= kColumns) continue;
        for (int in = 0; in < In; ++in) sum += double(x[in * kColumns + from]) * double(conv.kernel[out][in][tap]);
      }
      if (z) sum += double(z[out * kColumns + column]);
      y[out * kColumns + column] = float(std::max(sum, 0.0));
    }
}

void run_tile(const Convolutions& net, const float* one_hot, float* features, float* scratch) {
  float *first = scratch, *second = scratch + 32 * kColumns;
  convolve(net.block1_first, 1, one_hot, nullptr, first);
  convolve(net.block1_second, 1, first, nullptr, second);
  convolve(net.block1_shortcut, 1, one_hot, second, first);
  convolve(net.block2_first_k2, 2, first, nullptr, second);
  convolve(net.block2_first_k3, 2, first, nullptr, second + 8 * kColumns);
  convolve(net.block2_second_k2, 2, second, nullptr, second + 16 * kColumns);
  convolve(net.block2_second_k3, 2, second, nullptr, second + 24 * kColumns);
  convolve(net.block2_shortcut, 1, first, second + 16 * kColumns, features);
}

}  // namespace

class CudnnConvolutions::Net {
 public:
  explicit Net(const Convolutions* of) : weights(of) {}
  const Convolutions* const weights;
};

CudnnConvolutions::CudnnConvolutions(const Convolutions* weights) : net_(std::make_unique<Net>(weights)) {}
CudnnConvolutions::~CudnnConvolutions() = default;
std::size_t CudnnConvolutions::tile_columns() { return kColumns; }
std::size_t CudnnConvolutions::scratch_bytes() const { return 64 * kColumns * sizeof(float); }

void CudnnConvolutions::run(const float* one_hot, float* features, void* scratch, ::CUstream_st* stream) {
  emulator::submit_kernel(
      stream, [=, net = net_->weights] { run_tile(*net, one_hot, features, static_cast<float*>(scratch)); });
}

}  // namespace iresweep::cuda
