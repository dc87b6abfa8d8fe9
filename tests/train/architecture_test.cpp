// Names and sizes of the networks that the trainer knows.
#include "host/train/architecture.h"

#include <gtest/gtest.h>

#include <map>

#include "iresweep/error.h"
#include "iresweep/network.h"

namespace iresweep::train {
namespace {

TEST(Architecture, IsByDefaultThePublishedNetwork) {
  const Network network;
  const auto published = iresweep::tensors(network);
  const auto ours = tensors_of(Architecture::full, {});
  ASSERT_EQ(ours.size(), published.size());
  for (std::size_t i = 0; i < ours.size(); ++i) {
    EXPECT_EQ(ours[i].name, published[i].name);
    EXPECT_EQ(ours[i].sizes, std::vector<std::int64_t>(published[i].shape.begin(), published[i].shape.end()));
  }
  EXPECT_TRUE(is_published(Architecture::full, {}));
}

TEST(Architecture, TakesOtherSizes) {
  const Shape shape{{3, 5}, {8, 24}, 12};
  EXPECT_FALSE(is_published(Architecture::full, shape));
  std::map<std::string, std::vector<std::int64_t>> sizes;
  for (const auto& tensor : tensors_of(Architecture::full, shape)) sizes[tensor.name] = tensor.sizes;
  using Sizes = std::vector<std::int64_t>;
  EXPECT_EQ(sizes.at("block1.first_k2.kernel"), (Sizes{3, 4, 8}));
  EXPECT_EQ(sizes.at("block2.second_k3.kernel"), (Sizes{5, 48, 24}));
  EXPECT_EQ(sizes.at("block2.shortcut.kernel"), (Sizes{1, 16, 48}));
  EXPECT_EQ(sizes.at("gru.backward.kernel"), (Sizes{48, 36}));
  EXPECT_EQ(sizes.at("hidden.kernel"), (Sizes{24, 32}));
}

TEST(Architecture, GivesTheHeadWhatItsPartsLeave) {
  const Shape shape{{2, 3}, {8, 16}, 4};
  const auto hidden_inputs = [&](Architecture architecture) {
    for (const auto& tensor : tensors_of(architecture, shape))
      if (tensor.name == "hidden.kernel") return tensor.sizes[0];
    return std::int64_t{0};
  };
  EXPECT_EQ(hidden_inputs(Architecture::cnn), 32);
  EXPECT_EQ(hidden_inputs(Architecture::cnn_gru), 8);
  for (const auto& tensor : tensors_of(Architecture::cnn, shape))
    EXPECT_FALSE(tensor.name.starts_with("gru.") || tensor.name.find("shortcut") != std::string::npos) << tensor.name;
}

TEST(Architecture, RefusesSizesThatItCannotCompute) {
  check_shape({{1, 7}, {8, 32}, 16});
  EXPECT_THROW(check_shape({{0, 3}, {16, 8}, 8}), Error);
  EXPECT_THROW(check_shape({{2, 8}, {16, 8}, 8}), Error);
  EXPECT_THROW(check_shape({{2, 3}, {16, 12}, 8}), Error);
  EXPECT_THROW(check_shape({{2, 3}, {16, 8}, 6}), Error);
}

}  // namespace
}  // namespace iresweep::train
