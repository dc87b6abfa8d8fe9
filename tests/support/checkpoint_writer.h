// Writes TensorFlow checkpoints, sound and unsound ones, so that tests of the reader need no file from outside.
#pragma once
#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "iresweep/network.h"

namespace iresweep::test {

struct CheckpointTensor {
  std::string name;  ///< "layer_with_weights-1/kernel", without TensorFlow's suffix
  std::vector<std::size_t> shape;
  std::vector<float> values;
};

/// The tensors of a published checkpoint, the letters' embedding included.
std::vector<CheckpointTensor> deepires_tensors(const Network& network);

/// One entry of the index as TensorFlow's protocol buffer says it; tests change fields to make bad entries.
struct CheckpointEntry {
  std::uint64_t type = 1, shard = 0, offset = 0, size = 0;
  std::vector<std::uint64_t> shape;
  std::uint32_t checksum = 0;
  bool sliced = false;
};
std::string encode_entry(const CheckpointEntry& entry);

/// Index entries, in the order in which they will be written (sorted by key, the header first), and the data file.
struct CheckpointParts {
  struct Item {
    std::string key, value;
  };
  std::vector<Item> items;
  std::map<std::string, CheckpointEntry> entries;  ///< what the items say, by the tensors' names without suffix
  std::string data;

  Item& item(const std::string& name);
};
CheckpointParts checkpoint_parts(const std::vector<CheckpointTensor>& tensors);

/// The bytes of an index file: a LevelDB table with right checksums whatever the items are.
std::string encode_table(const std::vector<CheckpointParts::Item>& items);

/// A block of such a table with its trailer; `type` 0 is not compressed.
std::string encode_block(const std::vector<CheckpointParts::Item>& items, char type = 0);

void append_varint(std::string& bytes, std::uint64_t value);
void append_fixed32(std::string& bytes, std::uint32_t value);

}  // namespace iresweep::test
