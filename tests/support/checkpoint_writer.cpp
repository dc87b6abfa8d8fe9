#include "tests/support/checkpoint_writer.h"

#include <algorithm>
#include <span>
#include <stdexcept>

#include "host/model/crc32c.h"

namespace iresweep::test {
namespace {

constexpr std::size_t kRestartInterval = 4, kItemsInBlock = 9;
const std::string kSuffix = "/.ATTRIBUTES/VARIABLE_VALUE";

class Collector {
 public:
  std::vector<CheckpointTensor> tensors;

  void add(int layer, const std::string& part, std::vector<std::size_t> shape, const float* values) {
    std::size_t count = 1;
    for (const std::size_t extent : shape) count *= extent;
    const std::string name = "layer_with_weights-" + std::to_string(layer) + "/" + part;
    tensors.push_back({name, std::move(shape), std::vector<float>(values, values + count)});
  }

  template <int Taps, int In, int Out>
  void conv(int layer, const Conv<Taps, In, Out>& conv) {
    add(layer, "kernel", {Taps, In, Out}, conv.kernel[0][0].data());
    add(layer, "bias", {Out}, conv.bias.data());
  }

  template <int Channels>
  void norm(int layer, const BatchNorm<Channels>& norm) {
    add(layer, "gamma", {Channels}, norm.gamma.data());
    add(layer, "beta", {Channels}, norm.beta.data());
    add(layer, "moving_mean", {Channels}, norm.mean.data());
    add(layer, "moving_variance", {Channels}, norm.variance.data());
  }

  template <int In, int Filters>
  void block(int first, const ResidualBlock<In, Filters>& block) {
    conv(first, block.first_k2);
    conv(first + 1, block.first_k3);
    norm(first + 2, block.first_k2_norm);
    norm(first + 3, block.first_k3_norm);
    conv(first + 4, block.second_k2);
    conv(first + 5, block.second_k3);
    norm(first + 6, block.second_k2_norm);
    norm(first + 7, block.second_k3_norm);
    conv(first + 8, block.shortcut);
  }

  void gru(const std::string& direction, const Gru& gru) {
    std::vector<float> bias(gru.input_bias.begin(), gru.input_bias.end());
    bias.insert(bias.end(), gru.recurrent_bias.begin(), gru.recurrent_bias.end());
    const std::string cell = direction + "_layer/cell/";
    add(19, cell + "kernel", {16, 24}, gru.kernel[0].data());
    add(19, cell + "recurrent_kernel", {8, 24}, gru.recurrent[0].data());
    add(19, cell + "bias", {2, 24}, bias.data());
  }
};

std::string encode_handle(std::uint64_t offset, std::uint64_t size) {
  std::string bytes;
  append_varint(bytes, offset);
  append_varint(bytes, size);
  return bytes;
}

}  // namespace

std::vector<CheckpointTensor> deepires_tensors(const Network& network) {
  Collector collector;
  std::vector<float> letters(20, 0.0f);
  for (std::size_t base = 0; base < 4; ++base) letters[(base + 1) * 4 + base] = 1;
  collector.add(0, "embeddings", {5, 4}, letters.data());
  collector.block(1, network.block1);
  collector.block(10, network.block2);
  collector.gru("forward", network.forward);
  collector.gru("backward", network.backward);
  collector.add(20, "W", {16, 8}, network.attention.kernel[0].data());
  collector.add(20, "b", {8}, network.attention.bias.data());
  collector.add(20, "u", {8, 1}, network.attention.context.data());
  collector.add(21, "kernel", {16, 32}, network.hidden.kernel[0].data());
  collector.add(21, "bias", {32}, network.hidden.bias.data());
  collector.norm(22, network.hidden_norm);
  collector.add(23, "kernel", {32, 1}, network.output.kernel[0].data());
  collector.add(23, "bias", {1}, network.output.bias.data());
  return std::move(collector.tensors);
}

void append_varint(std::string& bytes, std::uint64_t value) {
  for (; value >= 0x80; value >>= 7) bytes.push_back(char(value | 0x80));
  bytes.push_back(char(value));
}

void append_fixed32(std::string& bytes, std::uint32_t value) {
  for (int shift = 0; shift < 32; shift += 8) bytes.push_back(char(value >> shift));
}

std::string encode_entry(const CheckpointEntry& entry) {
  std::string shape, bytes;
  for (const std::uint64_t extent : entry.shape) {
    std::string axis = "\x08";
    append_varint(axis, extent);
    shape += "\x12";
    append_varint(shape, axis.size());
    shape += axis;
  }
  bytes += "\x08";
  append_varint(bytes, entry.type);
  bytes += "\x12";
  append_varint(bytes, shape.size());
  bytes += shape;
  bytes += "\x18";
  append_varint(bytes, entry.shard);
  bytes += "\x20";
  append_varint(bytes, entry.offset);
  bytes += "\x28";
  append_varint(bytes, entry.size);
  bytes += "\x35";
  append_fixed32(bytes, entry.checksum);
  if (entry.sliced) bytes += std::string("\x3a\x00", 2);
  return bytes;
}

CheckpointParts::Item& CheckpointParts::item(const std::string& name) {
  const auto found = std::ranges::find(items, name + kSuffix, &Item::key);
  if (found == items.end()) throw std::invalid_argument("no tensor " + name);
  return *found;
}

CheckpointParts checkpoint_parts(const std::vector<CheckpointTensor>& tensors) {
  // One data file, little-endian, and a version message.
  CheckpointParts parts;
  parts.items.push_back({"", "\x08\x01\x1a\x02\x08\x01"});
  for (const auto& tensor : tensors) {
    const std::string bytes(reinterpret_cast<const char*>(tensor.values.data()), tensor.values.size() * sizeof(float));
    CheckpointEntry entry;
    entry.offset = parts.data.size();
    entry.size = bytes.size();
    entry.shape.assign(tensor.shape.begin(), tensor.shape.end());
    entry.checksum = masked_crc32c(bytes);
    parts.items.push_back({tensor.name + kSuffix, encode_entry(entry)});
    parts.entries[tensor.name] = entry;
    parts.data += bytes;
  }
  std::ranges::sort(parts.items, {}, &CheckpointParts::Item::key);
  return parts;
}

std::string encode_block(const std::vector<CheckpointParts::Item>& items, char type) {
  std::string block, previous;
  std::vector<std::uint32_t> restarts;
  for (std::size_t i = 0; i < items.size(); ++i) {
    const std::string& key = items[i].key;
    std::size_t shared = 0;
    if (i % kRestartInterval == 0)
      restarts.push_back(std::uint32_t(block.size()));
    else
      shared = std::size_t(std::ranges::mismatch(previous, key).in1 - previous.begin());
    append_varint(block, shared);
    append_varint(block, key.size() - shared);
    append_varint(block, items[i].value.size());
    block += key.substr(shared) + items[i].value;
    previous = key;
  }
  if (restarts.empty()) restarts.push_back(0);
  for (const std::uint32_t restart : restarts) append_fixed32(block, restart);
  append_fixed32(block, std::uint32_t(restarts.size()));
  block.push_back(type);
  append_fixed32(block, masked_crc32c(block));
  return block;
}

std::string encode_table(const std::vector<CheckpointParts::Item>& items) {
  constexpr std::size_t trailer = 5;
  std::string table;
  const auto append_block = [&](const std::vector<CheckpointParts::Item>& content) {
    const std::size_t offset = table.size();
    table += encode_block(content);
    return encode_handle(offset, table.size() - offset - trailer);
  };
  std::vector<CheckpointParts::Item> index;
  for (std::size_t i = 0; i < items.size(); i += kItemsInBlock) {
    const auto part = std::span(items).subspan(i, std::min(kItemsInBlock, items.size() - i));
    const std::string handle = append_block({part.begin(), part.end()});
    index.push_back({part.back().key, handle});
  }
  std::string footer = append_block({});
  footer += append_block(index);
  footer.resize(40, '\0');
  append_fixed32(footer, 0x8b80fb57);
  append_fixed32(footer, 0xdb477524);
  return table + footer;
}

}  // namespace iresweep::test
