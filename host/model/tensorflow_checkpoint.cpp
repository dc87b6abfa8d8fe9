#include "host/model/tensorflow_checkpoint.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cstring>
#include <optional>

#include "host/model/byte_reader.h"
#include "host/model/crc32c.h"
#include "host/model/file_bytes.h"
#include "host/model/leveldb_table.h"
#include "host/model/protobuf_reader.h"
#include "iresweep/error.h"

namespace iresweep {
namespace {

// TensorFlow's DataType of the only tensors that we read.
constexpr std::uint64_t kFloat32 = 1;

using Kind = ProtobufField::Kind;

void expect(Kind kind, const ProtobufField& field, const std::string& place) {
  if (field.kind != kind) damaged(fmt::format("field {} is of the wrong kind", field.number), place);
}

// The entry of the empty key: how many data files there are, and their byte order.
void check_header(std::string_view message, const std::string& path) {
  const std::string place = path + ", header entry";
  std::uint64_t shards = 0, byte_order = 0;
  ProtobufReader fields(message, place);
  while (const auto field = fields.next()) {
    if (field->number > 2) continue;
    expect(Kind::varint, *field, place);
    (field->number == 1 ? shards : byte_order) = field->value;
  }
  const char* mend = "save the checkpoint anew, in one piece, on an ordinary machine";
  if (shards != 1) throw Error(fmt::format("the checkpoint has {} data files, not one", shards), place, mend);
  if (byte_order != 0) throw Error("the checkpoint is big-endian", place, mend);
}

}  // namespace

TensorflowCheckpoint::TensorflowCheckpoint(const std::string& prefix)
    : index_path_(prefix + ".index"), data_path_(prefix + ".data-00000-of-00001") {
  const std::string index = read_file(index_path_);
  const std::vector<TableEntry> table = read_leveldb_table(index, index_path_);
  if (table.empty() || !table.front().key.empty()) damaged("the header entry is missing", index_path_);
  check_header(table.front().value, index_path_);
  data_ = read_file(data_path_);
  for (const TableEntry& item : std::span(table).subspan(1)) {
    const std::string place = fmt::format("{}, tensor '{}'", index_path_, item.key);
    const Entry entry = read_entry(item.value, place);
    check(entry, place);
    entries_.emplace(item.key, entry);
  }
}

void TensorflowCheckpoint::read_shape(std::string_view message, const std::string& place,
                                      std::vector<std::uint64_t>& shape) {
  ProtobufReader axes(message, place);
  while (const auto axis = axes.next()) {
    if (axis->number != 2) continue;
    expect(Kind::bytes, *axis, place);
    std::uint64_t extent = 0;
    ProtobufReader facts(axis->bytes, place);
    while (const auto fact = facts.next()) {
      if (fact->number != 1) continue;
      expect(Kind::varint, *fact, place);
      extent = fact->value;
    }
    shape.push_back(extent);
  }
}

TensorflowCheckpoint::Entry TensorflowCheckpoint::read_entry(std::string_view message, const std::string& place) {
  Entry entry;
  ProtobufReader fields(message, place);
  while (const auto field = fields.next()) {
    const auto number = [&] { return expect(Kind::varint, *field, place), field->value; };
    switch (field->number) {
      case 1:
        entry.type = number();
        break;
      case 2:
        expect(Kind::bytes, *field, place), read_shape(field->bytes, place, entry.shape);
        break;
      case 3:
        entry.shard = number();
        break;
      case 4:
        entry.offset = number();
        break;
      case 5:
        entry.size = number();
        break;
      case 6:
        expect(Kind::fixed32, *field, place), entry.checksum = std::uint32_t(field->value);
        break;
      case 7:
        entry.sliced = true;
        break;
      default:
        break;
    }
  }
  return entry;
}

void TensorflowCheckpoint::check(const Entry& entry, const std::string& place) const {
  if (entry.shard != 0) damaged(fmt::format("the tensor lies in data file {}, of one", entry.shard), place);
  if (entry.size > data_.size() || entry.offset > data_.size() - entry.size)
    throw Error(fmt::format("the tensor's bytes lie outside {}, which has {} bytes", data_path_, data_.size()), place,
                "the data file is cut off or belongs to another index: copy both again");
}

std::vector<std::string> TensorflowCheckpoint::names() const {
  std::vector<std::string> names;
  for (const auto& [name, entry] : entries_) names.push_back(name);
  return names;
}

std::vector<float> TensorflowCheckpoint::read(const std::string& name, std::span<const std::size_t> shape) const {
  const char* mend = "give a checkpoint of the published DeepIRES network";
  const auto found = entries_.find(name);
  if (found == entries_.end()) throw Error(fmt::format("there is no tensor '{}'", name), index_path_, mend);
  const Entry& entry = found->second;
  const std::string place = fmt::format("{}, tensor '{}'", index_path_, name);
  if (entry.type != kFloat32) throw Error(fmt::format("its type is {}, not float32", entry.type), place, mend);
  if (entry.sliced) throw Error("it is stored in slices", place, "save the checkpoint without partitioned variables");
  if (!std::ranges::equal(entry.shape, shape))
    throw Error(fmt::format("its shape is [{}], not [{}]", fmt::join(entry.shape, ", "), fmt::join(shape, ", ")), place,
                mend);
  std::size_t count = 1;
  for (const std::size_t extent : shape) count *= extent;
  if (entry.size != count * sizeof(float)) damaged("its size does not fit its shape", place);
  const std::string_view bytes = std::string_view(data_).substr(entry.offset, entry.size);
  if (masked_crc32c(bytes) != entry.checksum)
    damaged("its checksum is wrong", fmt::format("{}, tensor '{}'", data_path_, name));
  std::vector<float> values(count);
  std::memcpy(values.data(), bytes.data(), bytes.size());
  return values;
}

}  // namespace iresweep
