// Stands in for conv_cudnn.cpp where cudnn.h is not found: asking for cuDNN is then an error.
#include "iresweep/error.h"
#include "kernels/cuda/conv_cudnn.h"

namespace iresweep::cuda {
namespace {

[[noreturn]] void refuse() {
  throw Error("this build has no cuDNN", "--conv cudnn", "use --conv direct, or build where cudnn.h is found");
}

}  // namespace

class CudnnConvolutions::Net {};

CudnnConvolutions::CudnnConvolutions(const Convolutions*) { refuse(); }
CudnnConvolutions::~CudnnConvolutions() = default;
std::size_t CudnnConvolutions::tile_columns() { refuse(); }
std::size_t CudnnConvolutions::scratch_bytes() const { refuse(); }
void CudnnConvolutions::run(const float*, float*, void*, ::CUstream_st*) { refuse(); }
std::vector<DescribedConvolution> describe_cudnn_convolutions() { refuse(); }
std::string cudnn_version() { refuse(); }

}  // namespace iresweep::cuda
