// The only file that includes cudnn.h. It is opened when it is needed and never linked.
//
// The convolutions are called by the older, fixed interface (cudnnConvolutionBiasActivationForward), which cuDNN 9
// still has: y = relu(conv(x) + z + bias) is all that is wanted. Only the two algorithms that sum directly are taken;
// others (FFT, Winograd) round differently.
#include "kernels/cuda/conv_cudnn.h"

#include <cudnn.h>
#include <dlfcn.h>
#include <nvtx3/nvToolsExt.h>

#include <algorithm>
#include <array>
#include <map>
#include <type_traits>
#include <utility>

#include "iresweep/error.h"

static_assert(CUDNN_MAJOR >= 9, "iresweep needs cuDNN 9 or later");

namespace iresweep::cuda {
namespace {

#define IRESWEEP_TEXT_OF(x) #x
#define IRESWEEP_TEXT(x) IRESWEEP_TEXT_OF(x)
constexpr const char* kLibrary = "libcudnn.so." IRESWEEP_TEXT(CUDNN_MAJOR);
constexpr const char* kOtherwise = "use --conv direct, which needs no cuDNN";

#define IRESWEEP_CUDNN_CALLS(call)                                                                                   \
  call(GetVersion) call(GetErrorString) call(Create) call(Destroy) call(SetStream) call(CreateTensorDescriptor)      \
      call(DestroyTensorDescriptor) call(SetTensor4dDescriptor) call(CreateFilterDescriptor)                         \
          call(DestroyFilterDescriptor) call(SetFilter4dDescriptor) call(GetFilter4dDescriptor)                      \
              call(CreateActivationDescriptor) call(DestroyActivationDescriptor) call(SetActivationDescriptor)       \
                  call(CreateConvolutionDescriptor) call(DestroyConvolutionDescriptor)                               \
                      call(SetConvolution2dDescriptor) call(GetConvolution2dDescriptor) call(SetConvolutionMathType) \
                          call(GetConvolutionMathType) call(GetConvolution2dForwardOutputDim)                        \
                              call(GetConvolutionForwardAlgorithm_v7) call(GetConvolutionForwardWorkspaceSize)       \
                                  call(ConvolutionBiasActivationForward)

/// The library's functions, under their names without "cudnn".
struct Library {
// NOLINTNEXTLINE(bugprone-macro-parentheses): the name is declared here.
#define IRESWEEP_MEMBER(name) decltype(&cudnn##name) name = nullptr;
  IRESWEEP_CUDNN_CALLS(IRESWEEP_MEMBER)
#undef IRESWEEP_MEMBER
};

template <class Function>
void find(void* handle, const char* name, Function& function) {
  function = reinterpret_cast<Function>(dlsym(handle, name));
  if (!function) throw Error(std::string("cuDNN lacks ") + name, kLibrary, kOtherwise);
}

Library open_library() {
  // Never closed: it is in use to the end.
  void* handle = dlopen(kLibrary, RTLD_NOW | RTLD_LOCAL);
  if (!handle)
    throw Error(std::string("cuDNN cannot be opened: ") + dlerror(), "--conv cudnn",
                "install cuDNN or name its folder in LD_LIBRARY_PATH, or use --conv direct");
  Library library;
#define IRESWEEP_FIND(name) find(handle, "cudnn" #name, library.name);
  IRESWEEP_CUDNN_CALLS(IRESWEEP_FIND)
#undef IRESWEEP_FIND
  return library;
}

const Library& library() {
  static const Library opened = open_library();
  return opened;
}

std::string text(const ConvShape& shape) {
  return std::to_string(shape.in) + " to " + std::to_string(shape.out) + " channels, " + std::to_string(shape.taps) +
         " taps, dilation " + std::to_string(shape.dilation) + ", " + std::to_string(shape.columns) + " columns";
}

void check(cudnnStatus_t status, const char* call, const ConvShape& shape = {}) {
  if (status == CUDNN_STATUS_SUCCESS) return;
  throw Error(std::string("cuDNN: ") + library().GetErrorString(status),
              "cuDNN " + cudnn_version() + ", " + call + (shape.columns > 0 ? ", convolution of " + text(shape) : ""),
              kOtherwise);
}

/// A descriptor or handle that destroys itself.
template <class Pointer, auto Library::*Destroy>
struct Destroyer {
  void operator()(Pointer pointer) const { (library().*Destroy)(pointer); }
};
template <class Pointer, auto Library::*Destroy>
using Owned = std::unique_ptr<std::remove_pointer_t<Pointer>, Destroyer<Pointer, Destroy>>;

using Handle = Owned<cudnnHandle_t, &Library::Destroy>;
using Tensor = Owned<cudnnTensorDescriptor_t, &Library::DestroyTensorDescriptor>;
using Filter = Owned<cudnnFilterDescriptor_t, &Library::DestroyFilterDescriptor>;
using Activation = Owned<cudnnActivationDescriptor_t, &Library::DestroyActivationDescriptor>;
using Convolution = Owned<cudnnConvolutionDescriptor_t, &Library::DestroyConvolutionDescriptor>;

template <class Object>
Object make(cudnnStatus_t (*create)(typename Object::pointer*), const char* call) {
  typename Object::pointer pointer = nullptr;
  check(create(&pointer), call);
  return Object(pointer);
}

Tensor tensor(int channels, int columns) {
  auto made = make<Tensor>(library().CreateTensorDescriptor, "cudnnCreateTensorDescriptor");
  check(library().SetTensor4dDescriptor(made.get(), CUDNN_TENSOR_NCHW, CUDNN_DATA_FLOAT, 1, channels, 1, columns),
        "cudnnSetTensor4dDescriptor");
  return made;
}

Activation relu() {
  auto made = make<Activation>(library().CreateActivationDescriptor, "cudnnCreateActivationDescriptor");
  check(library().SetActivationDescriptor(made.get(), CUDNN_ACTIVATION_RELU, CUDNN_PROPAGATE_NAN, 0.0),
        "cudnnSetActivationDescriptor");
  return made;
}

/// What is said of a convolution before any device is known.
struct Descriptors {
  explicit Descriptors(const ConvShape& shape)
      : x(tensor(shape.in, shape.columns)),
        y(tensor(shape.out, shape.columns)),
        bias(tensor(shape.out, 1)),
        filter(make<Filter>(library().CreateFilterDescriptor, "cudnnCreateFilterDescriptor")),
        convolution(make<Convolution>(library().CreateConvolutionDescriptor, "cudnnCreateConvolutionDescriptor")) {
    check(library().SetFilter4dDescriptor(filter.get(), CUDNN_DATA_FLOAT, CUDNN_TENSOR_NCHW, shape.out, shape.in, 1,
                                          shape.taps),
          "cudnnSetFilter4dDescriptor", shape);
    check(library().SetConvolution2dDescriptor(convolution.get(), 0, shape.padding, 1, 1, 1, shape.dilation,
                                               CUDNN_CROSS_CORRELATION, CUDNN_DATA_FLOAT),
          "cudnnSetConvolution2dDescriptor", shape);
    // The default permits TF32, whose 10 bits break the bound of 1e-5.
    check(library().SetConvolutionMathType(convolution.get(), CUDNN_FMA_MATH), "cudnnSetConvolutionMathType", shape);
  }

  Tensor x, y, bias;
  Filter filter;
  Convolution convolution;
};

struct Plan {
  Descriptors descriptors;
  cudnnConvolutionFwdAlgo_t algorithm{};
  std::size_t workspace = 0;
};

bool sums_directly(const cudnnConvolutionFwdAlgoPerf_t& found) {
  return found.status == CUDNN_STATUS_SUCCESS && found.determinism == CUDNN_DETERMINISTIC &&
         (found.algo == CUDNN_CONVOLUTION_FWD_ALGO_IMPLICIT_GEMM ||
          found.algo == CUDNN_CONVOLUTION_FWD_ALGO_IMPLICIT_PRECOMP_GEMM);
}

/// The fastest by cuDNN's own estimate.
Plan make_plan(cudnnHandle_t handle, const ConvShape& shape) {
  Plan plan{Descriptors(shape)};
  const Descriptors& of = plan.descriptors;
  std::array<cudnnConvolutionFwdAlgoPerf_t, CUDNN_CONVOLUTION_FWD_ALGO_COUNT> found{};
  int count = 0;
  check(library().GetConvolutionForwardAlgorithm_v7(handle, of.x.get(), of.filter.get(), of.convolution.get(),
                                                    of.y.get(), int(found.size()), &count, found.data()),
        "cudnnGetConvolutionForwardAlgorithm_v7", shape);
  const auto last = found.begin() + count, best = std::find_if(found.begin(), last, sums_directly);
  if (best == last)
    throw Error("cuDNN has no plan", "cuDNN " + cudnn_version() + ", convolution of " + text(shape), kOtherwise);
  plan.algorithm = best->algo;
  check(library().GetConvolutionForwardWorkspaceSize(handle, of.x.get(), of.filter.get(), of.convolution.get(),
                                                     of.y.get(), plan.algorithm, &plan.workspace),
        "cudnnGetConvolutionForwardWorkspaceSize", shape);
  return plan;
}

constexpr std::size_t kColumns = 1u << 17;

/// With a padding that makes the output as long as the input.
template <int Out, int In, int Taps>
constexpr ConvShape shape_of(const PlainConv<Out, In, Taps>*, int dilation) {
  if (Taps == 1) dilation = 1;
  return {In, Out, Taps, dilation, (Taps - 1) * dilation / 2, int(kColumns)};
}
template <int Out, int In, int Taps>
constexpr ConvShape shape_of(const PlainConv<Out, In, Taps> Convolutions::*, int dilation) {
  return shape_of(static_cast<const PlainConv<Out, In, Taps>*>(nullptr), dilation);
}

constexpr std::array<ConvShape, 8> kShapes = {
    shape_of(&Convolutions::block1_first, 1),     shape_of(&Convolutions::block1_second, 1),
    shape_of(&Convolutions::block1_shortcut, 1),  shape_of(&Convolutions::block2_first_k2, 2),
    shape_of(&Convolutions::block2_first_k3, 2),  shape_of(&Convolutions::block2_second_k2, 2),
    shape_of(&Convolutions::block2_second_k3, 2), shape_of(&Convolutions::block2_shortcut, 2),
};

constexpr std::size_t kActivations = 64 * kColumns * sizeof(float);

}  // namespace

class CudnnConvolutions::Net {
 public:
  explicit Net(const Convolutions* weights)
      : weights_(weights), handle_(make<Handle>(library().Create, "cudnnCreate")), relu_(relu()) {
    for (const ConvShape& shape : kShapes) {
      if (!plans_.contains(shape)) plans_.emplace(shape, make_plan(handle_.get(), shape));
      workspace_ = std::max(workspace_, plans_.at(shape).workspace);
    }
  }

  std::size_t scratch_bytes() const { return kActivations + workspace_; }

  void run(const float* one_hot, float* features, void* scratch, ::CUstream_st* stream) {
    check(library().SetStream(handle_.get(), stream), "cudnnSetStream");
    auto* first = static_cast<float*>(scratch);
    float* second = first + 32 * kColumns;
    workspace_memory_ = second + 32 * kColumns;
    const auto channel = [](float* plane, std::size_t number) { return plane + number * kColumns; };

    convolve(weights_->block1_first, 1, one_hot, nullptr, first);
    convolve(weights_->block1_second, 1, first, nullptr, second);
    convolve(weights_->block1_shortcut, 1, one_hot, second, first);
    // From here on `first` holds block 1's output, `second` 16 channels of each layer of block 2.
    convolve(weights_->block2_first_k2, 2, first, nullptr, second);
    convolve(weights_->block2_first_k3, 2, first, nullptr, channel(second, 8));
    convolve(weights_->block2_second_k2, 2, second, nullptr, channel(second, 16));
    convolve(weights_->block2_second_k3, 2, second, nullptr, channel(second, 24));
    convolve(weights_->block2_shortcut, 2, first, channel(second, 16), features);
  }

 private:
  /// y = relu(convolution of x + z); z may be null. Only addresses are taken of `conv`, which is in device memory.
  template <int Out, int In, int Taps>
  void convolve(const PlainConv<Out, In, Taps>& conv, int dilation, const float* x, const float* z, float* y) {
    const ConvShape shape = shape_of(&conv, dilation);
    const auto& [of, algorithm, workspace] = plans_.at(shape);
    const float one = 1, share_of_z = z ? 1 : 0;
    check(library().ConvolutionBiasActivationForward(handle_.get(), &one, of.x.get(), x, of.filter.get(), &conv.kernel,
                                                     of.convolution.get(), algorithm, workspace_memory_, workspace,
                                                     &share_of_z, of.y.get(), z ? z : y, of.bias.get(), &conv.bias,
                                                     relu_.get(), of.y.get(), y),
          "cudnnConvolutionBiasActivationForward", shape);
  }

  const Convolutions* const weights_;  ///< in device memory
  const Handle handle_;
  const Activation relu_;
  std::map<ConvShape, Plan> plans_;
  std::size_t workspace_ = 0;
  void* workspace_memory_ = nullptr;
};

CudnnConvolutions::CudnnConvolutions(const Convolutions* weights) : net_(std::make_unique<Net>(weights)) {}
CudnnConvolutions::~CudnnConvolutions() = default;

std::size_t CudnnConvolutions::tile_columns() { return kColumns; }

std::size_t CudnnConvolutions::scratch_bytes() const { return net_->scratch_bytes(); }

void CudnnConvolutions::run(const float* one_hot, float* features, void* scratch, ::CUstream_st* stream) {
  nvtxRangePushA("conv_cudnn");
  struct Pop {
    ~Pop() { nvtxRangePop(); }
  } const pop;
  net_->run(one_hot, features, scratch, stream);
}

std::vector<DescribedConvolution> describe_cudnn_convolutions() {
  std::vector<DescribedConvolution> list;
  for (const ConvShape& shape : kShapes) {
    const Descriptors of(shape);
    DescribedConvolution found;
    cudnnMathType_t math{};
    cudnnConvolutionMode_t mode{};
    cudnnDataType_t type{};
    cudnnTensorFormat_t format{};
    int batch = 0, rows = 0, rows_padded = 0, strides[2] = {}, rows_apart = 0;
    check(library().GetConvolutionMathType(of.convolution.get(), &math), "cudnnGetConvolutionMathType", shape);
    check(library().GetConvolution2dDescriptor(of.convolution.get(), &rows_padded, &found.shape.padding, &strides[0],
                                               &strides[1], &rows_apart, &found.shape.dilation, &mode, &type),
          "cudnnGetConvolution2dDescriptor", shape);
    check(library().GetFilter4dDescriptor(of.filter.get(), &type, &format, &found.shape.out, &found.shape.in, &rows,
                                          &found.shape.taps),
          "cudnnGetFilter4dDescriptor", shape);
    check(library().GetConvolution2dForwardOutputDim(of.convolution.get(), of.x.get(), of.filter.get(), &batch,
                                                     &found.channels_out, &rows, &found.columns_out),
          "cudnnGetConvolution2dForwardOutputDim", shape);
    found.shape.columns = shape.columns;
    found.fma = math == CUDNN_FMA_MATH && mode == CUDNN_CROSS_CORRELATION;
    list.push_back(found);
  }
  return list;
}

std::string cudnn_version() {
  const std::size_t version = library().GetVersion();
  return std::to_string(version / 10000) + "." + std::to_string(version / 100 % 100) + "." +
         std::to_string(version % 100);
}

}  // namespace iresweep::cuda
