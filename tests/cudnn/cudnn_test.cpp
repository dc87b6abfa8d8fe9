// What cuDNN says of our descriptors; a handle would need a GPU, these do not.
#include <gtest/gtest.h>

#include "iresweep/error.h"
#include "kernels/cuda/conv_cudnn.h"

namespace iresweep::cuda {
namespace {

class CudnnTest : public testing::Test {
 protected:
  void SetUp() override {
    try {
      cudnn_version();
    } catch (const Error& error) {
      GTEST_SKIP() << error.what_failed;
    }
  }
};

TEST_F(CudnnTest, EveryConvolutionIsAsLongAsItsInputAndInFullPrecision) {
  const auto convolutions = describe_cudnn_convolutions();
  ASSERT_EQ(convolutions.size(), 8u);
  for (const auto& [shape, fma, columns_out, channels_out] : convolutions) {
    EXPECT_TRUE(fma);
    EXPECT_EQ(columns_out, int(CudnnConvolutions::tile_columns()));
    EXPECT_EQ(channels_out, shape.out);
    EXPECT_EQ(shape.padding * 2, (shape.taps - 1) * shape.dilation);
  }
}

TEST_F(CudnnTest, ShapesAreThoseOfTheTwoBlocks) {
  const int columns = int(CudnnConvolutions::tile_columns());
  const std::vector<ConvShape> expected = {
      {4, 32, 3, 1, 1, columns}, {32, 32, 3, 1, 1, columns}, {4, 32, 1, 1, 0, columns}, {32, 8, 2, 2, 1, columns},
      {32, 8, 3, 2, 2, columns}, {16, 8, 2, 2, 1, columns},  {16, 8, 3, 2, 2, columns}, {32, 16, 1, 1, 0, columns}};
  std::vector<ConvShape> found;
  for (const auto& convolution : describe_cudnn_convolutions()) found.push_back(convolution.shape);
  EXPECT_EQ(found, expected);
}

TEST_F(CudnnTest, TheVersionIsThatOfTheLibrary) { EXPECT_TRUE(cudnn_version().starts_with("9.")) << cudnn_version(); }

TEST_F(CudnnTest, WithoutAGpuTheErrorNamesTheWayOut) {
  try {
    const CudnnConvolutions convolutions(nullptr);
    GTEST_SKIP() << "a GPU is here";
  } catch (const Error& error) {
    EXPECT_NE(error.where.find("cuDNN 9."), std::string::npos) << error.where;
    EXPECT_NE(error.hint.find("--conv direct"), std::string::npos);
  }
}

}  // namespace
}  // namespace iresweep::cuda
