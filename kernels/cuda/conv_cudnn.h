// The convolutions by cuDNN, over tiles of one size: its check is conv_direct.cu, and the other way round.
//
// The library is looked for when it is first asked for: a program that does without needs none.
#pragma once
#include <cstddef>
#include <memory>
#include <string>
#include <vector>

#include "kernels/folded.h"

struct CUstream_st;

namespace iresweep::cuda {

/// One convolution over a tile: a row of `columns`, as long as its output.
struct ConvShape {
  int in = 0, out = 0, taps = 0, dilation = 0, padding = 0, columns = 0;
  auto operator<=>(const ConvShape&) const = default;
};

/// For one stream at a time.
class CudnnConvolutions {
 public:
  /// On the current device. `weights` are in device memory and must outlive it. Plans are made here. Throws Error when
  /// there is no cuDNN, when it has no plan, or when it fails.
  explicit CudnnConvolutions(const Convolutions* weights);
  ~CudnnConvolutions();

  /// Columns of a tile, a multiple of 16: all tiles have one size, so that every sum has one order.
  static std::size_t tile_columns();

  /// Device memory that run() works in: activations and the largest workspace of a plan.
  std::size_t scratch_bytes() const;

  /// one_hot [4][tile_columns()] to features [kFeatures][tile_columns()]; zero padding on both sides. All in device
  /// memory, aligned to 256 bytes. Queues its work on `stream` of the device. Throws Error.
  void run(const float* one_hot, float* features, void* scratch, ::CUstream_st* stream);

 private:
  class Net;
  const std::unique_ptr<Net> net_;
};

/// What cuDNN itself says of the descriptors of a convolution; needs no GPU.
struct DescribedConvolution {
  ConvShape shape;   ///< read back from the descriptors
  bool fma = false;  ///< no TF32
  int columns_out = 0, channels_out = 0;
};
/// All convolutions of a tile, in the order of their run. Throws Error when there is no cuDNN.
std::vector<DescribedConvolution> describe_cudnn_convolutions();

/// "9.19.0", of the library that is loaded. Throws Error when there is none.
std::string cudnn_version();

}  // namespace iresweep::cuda
