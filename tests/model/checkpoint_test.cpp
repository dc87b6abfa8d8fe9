// Reading TensorFlow checkpoints: sound ones, and each kind of unsound one whose checksums are right.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>
#include <string>

#include "host/model/crc32c.h"
#include "iresweep/error.h"
#include "iresweep/model.h"
#include "tests/support/checkpoint_writer.h"
#include "tests/support/seeded_network.h"
#include "tests/support/shared_data.h"
#include "tests/support/temporary_folder.h"

namespace iresweep {
namespace {

using test::CheckpointEntry;
using test::CheckpointParts;
using test::CheckpointTensor;

class Checkpoint : public testing::Test {
 protected:
  const Network network_ = test::seeded_network(3);
  const test::TemporaryFolder folder_;

  Model load(const std::string& index, const std::string& data) {
    folder_.write("first.index", index);
    folder_.write("first.data-00000-of-00001", data);
    return load_model(folder_.path("first"));
  }

  // What the reader says of a checkpoint; empty when it takes it.
  std::string fault(const std::string& index, const std::string& data) {
    try {
      load(index, data);
    } catch (const Error& error) {
      EXPECT_NE(error.where.find(folder_.path("first")), std::string::npos) << error.where;
      EXPECT_NE(error.hint, "");
      return error.what_failed;
    }
    return "";
  }

  std::string fault_of_parts(const std::function<void(CheckpointParts&)>& spoil) {
    CheckpointParts parts = test::checkpoint_parts(test::deepires_tensors(network_));
    spoil(parts);
    return fault(test::encode_table(parts.items), parts.data);
  }

  std::string fault_of_entry(const std::function<void(CheckpointEntry&)>& spoil) {
    return fault_of_parts([&](CheckpointParts& parts) {
      CheckpointEntry entry = parts.entries.at("layer_with_weights-1/bias");
      spoil(entry);
      parts.item("layer_with_weights-1/bias").value = test::encode_entry(entry);
    });
  }

  std::string fault_of_tensor(const std::string& name, const std::function<void(CheckpointTensor&)>& spoil) {
    std::vector<CheckpointTensor> tensors = test::deepires_tensors(network_);
    spoil(*std::ranges::find(tensors, "layer_with_weights-" + name, &CheckpointTensor::name));
    const CheckpointParts parts = test::checkpoint_parts(tensors);
    return fault(test::encode_table(parts.items), parts.data);
  }
};

TEST_F(Checkpoint, IsReadWhole) {
  const CheckpointParts parts = test::checkpoint_parts(test::deepires_tensors(network_));
  const Model model = load(test::encode_table(parts.items), parts.data);
  EXPECT_EQ(weights_hash(model.network), weights_hash(network_));
  EXPECT_EQ(model.name, "first");
  EXPECT_EQ(model.window, 174);
  EXPECT_EQ(model.step, 50);
  EXPECT_FALSE(model.null_table);
  EXPECT_EQ(weights_hash(load_model(folder_.path("first.index")).network), weights_hash(network_));
}

TEST_F(Checkpoint, EachTensorHasItsOwnPlace) {
  const CheckpointParts parts = test::checkpoint_parts(test::deepires_tensors(network_));
  Network read = load(test::encode_table(parts.items), parts.data).network, wanted = network_;
  const auto ours = tensors(read), theirs = tensors(wanted);
  for (std::size_t i = 0; i < ours.size(); ++i)
    EXPECT_TRUE(std::ranges::equal(ours[i].values, theirs[i].values)) << ours[i].name;
}

TEST_F(Checkpoint, WithoutItsDataFileIsRefused) {
  const CheckpointParts parts = test::checkpoint_parts(test::deepires_tensors(network_));
  folder_.write("first.index", test::encode_table(parts.items));
  EXPECT_THROW(load_model(folder_.path("first")), Error);
  EXPECT_NE(fault(test::encode_table(parts.items), ""), "");
}

TEST_F(Checkpoint, EntriesThatLieAreRefused) {
  constexpr std::uint64_t huge = std::numeric_limits<std::uint64_t>::max();
  EXPECT_EQ(fault_of_entry([](auto&) {}), "");
  EXPECT_NE(fault_of_entry([](auto& entry) { entry.type = 3; }), "");
  EXPECT_NE(fault_of_entry([](auto& entry) { entry.shard = 1; }), "");
  EXPECT_NE(fault_of_entry([](auto& entry) { entry.sliced = true; }), "");
  EXPECT_NE(fault_of_entry([](auto& entry) { entry.checksum ^= 1; }), "");
  EXPECT_NE(fault_of_entry([](auto& entry) { entry.offset = huge; }), "");
  EXPECT_NE(fault_of_entry([](auto& entry) { entry.offset = huge - entry.size + 1; }), "");
  EXPECT_NE(fault_of_entry([](auto& entry) { entry.size = huge; }), "");
  EXPECT_NE(fault_of_entry([](auto& entry) { entry.size -= 4; }), "");
  EXPECT_NE(fault_of_entry([](auto& entry) { entry.shape = {}; }), "");
  EXPECT_NE(fault_of_entry([](auto& entry) { entry.shape = {4, 4}; }), "");
  EXPECT_NE(fault_of_entry([](auto& entry) { entry.shape = {16, 1}; }), "");
  EXPECT_NE(fault_of_entry([](auto& entry) { entry.shape = {std::uint64_t(1) << 63, 2, 16}; }), "");
}

TEST_F(Checkpoint, OtherNetworksAreRefused) {
  EXPECT_NE(fault_of_tensor("9/kernel", [](auto& tensor) { tensor.name = "dense/kernel"; }), "");
  EXPECT_NE(fault_of_tensor("23/bias", [](auto& tensor) { tensor.name = "layer_with_weights-24/bias"; }), "");
  EXPECT_NE(fault_of_tensor("5/kernel", [](auto& tensor) { tensor.shape = {2, 16, 32}; }), "");
  EXPECT_NE(fault_of_parts([](auto& parts) {
              auto extra = parts.items.back();
              extra.key = "layer_with_weights-99/kernel/.ATTRIBUTES/VARIABLE_VALUE";
              parts.items.push_back(extra);
            }),
            "");
}

TEST_F(Checkpoint, TheOptimizersTensorsAreIgnored) {
  EXPECT_EQ(fault_of_parts([](auto& parts) {
              auto extra = parts.items.back();
              extra.key = "optimizer/_variables/1/.ATTRIBUTES/VARIABLE_VALUE";
              parts.items.push_back(extra);
            }),
            "");
}

TEST_F(Checkpoint, AnotherOrderOfLettersIsRefused) {
  EXPECT_NE(fault_of_tensor("0/embeddings", [](auto& tensor) { std::swap(tensor.values[4], tensor.values[5]); }), "");
}

TEST_F(Checkpoint, WeightsThatAreNoNumbersAreRefused) {
  EXPECT_NE(fault_of_tensor("7/beta", [](auto& tensor) { tensor.values[3] = NAN; }), "");
  EXPECT_NE(fault_of_tensor("23/bias", [](auto& tensor) { tensor.values[0] = -INFINITY; }), "");
  EXPECT_NE(fault_of_tensor("3/moving_variance", [](auto& tensor) { tensor.values[0] = -0.1f; }), "");
}

TEST_F(Checkpoint, AHeaderOfAnotherKindIsRefused) {
  EXPECT_NE(fault_of_parts([](auto& parts) { parts.items.front().value = "\x08\x02"; }), "");
  EXPECT_NE(fault_of_parts([](auto& parts) { parts.items.front().value = "\x08\x01\x10\x01"; }), "");
  EXPECT_NE(fault_of_parts([](auto& parts) { parts.items.front().value = "\x0a\x01\x01"; }), "");
  EXPECT_NE(fault_of_parts([](auto& parts) { parts.items.front().value = ""; }), "");
  EXPECT_NE(fault_of_parts([](auto& parts) { parts.items.erase(parts.items.begin()); }), "");
  EXPECT_NE(fault_of_parts([](auto& parts) { parts.items.clear(); }), "");
}

TEST_F(Checkpoint, DoubledAndUnsortedNamesAreRefused) {
  EXPECT_NE(fault_of_parts([](auto& parts) { parts.items.push_back(parts.items.back()); }), "");
  EXPECT_NE(fault_of_parts([](auto& parts) { std::swap(parts.items[3], parts.items[4]); }), "");
}

// A table of one block that holds `content` as it stands, all checksums right.
std::string table_of_block(std::string content, char type = 0) {
  constexpr std::size_t trailer = 5;
  std::string table = std::move(content);
  const std::size_t size = table.size();
  table.push_back(type);
  test::append_fixed32(table, masked_crc32c(table));
  std::string handle("\0", 1);
  test::append_varint(handle, size);
  std::string footer;
  for (const std::string& block : {test::encode_block({}), test::encode_block({{"z", handle}})}) {
    test::append_varint(footer, table.size());
    test::append_varint(footer, block.size() - trailer);
    table += block;
  }
  footer.resize(40, '\0');
  return table + footer + "\x57\xfb\x80\x8b\x24\x75\x47\xdb";
}

// Each key is that before it and a letter: few bytes of the file, many of memory.
TEST_F(Checkpoint, NamesThatWouldFillTheMemoryAreRefused) {
  std::vector<CheckpointParts::Item> items = {{std::string(400'000, 'k'), ""}};
  for (int i = 0; i < 2; ++i) items.push_back({items.back().key + "k", ""});
  EXPECT_NE(fault(test::encode_table(items), "data").find("names are longer"), std::string::npos);
}

TEST_F(Checkpoint, BlocksThatLieAreRefused) {
  const std::string header("\x00\x00\x02\x08\x01", 5), restarts("\x00\x00\x00\x00\x01\x00\x00\x00", 8);
  const auto fault_of = [&](const std::string& block, char type = 0) {
    return fault(table_of_block(block, type), "x");
  };
  EXPECT_NE(fault_of(header + restarts).find("no tensor"), std::string::npos) << "the frame itself is sound";
  EXPECT_NE(fault_of(header + restarts, 1).find("compressed"), std::string::npos);
  EXPECT_NE(fault_of(""), "");
  EXPECT_NE(fault_of("\x01"), "");
  EXPECT_NE(fault_of(header + std::string("\xff\xff\xff\x3f", 4)).find("restart"), std::string::npos);
  EXPECT_NE(fault_of(header + std::string("\x00\x00\x00\x00", 4)).find("restart"), std::string::npos);
  EXPECT_NE(fault_of(header + std::string("\x09\x00\x00\x00\x01\x00\x00\x00", 8)).find("restart"), std::string::npos);
  EXPECT_NE(fault_of(std::string("\x05\x00\x00", 3) + restarts).find("shares"), std::string::npos);
  EXPECT_NE(fault_of(std::string("\x00\x7f\x00", 3) + restarts).find("too early"), std::string::npos);
  EXPECT_NE(fault_of(std::string("\x00\x00\x7f", 3) + restarts).find("too early"), std::string::npos);
  EXPECT_NE(fault_of(std::string("\x00\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01\x00", 12) + restarts), "");
}

TEST(PublishedCheckpoint, SurvivesItsConversion) {
  IRESWEEP_SHARED_FILE(index, "models/deepires/first.index");
  const test::TemporaryFolder folder;
  const Model published = load_model(index);
  save_model(published, folder.path("converted.safetensors"));
  const Model converted = load_model(folder.path("converted.safetensors"));
  EXPECT_EQ(weights_hash(published.network), "4fe6f6e6fd13119f17c06feb35bd3c36");
  EXPECT_EQ(weights_hash(converted.network), weights_hash(published.network));
}

}  // namespace
}  // namespace iresweep
