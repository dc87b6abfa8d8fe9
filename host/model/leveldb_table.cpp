#include "host/model/leveldb_table.h"

#include <fmt/format.h>

#include <cstdint>

#include "host/model/byte_reader.h"
#include "host/model/crc32c.h"
#include "iresweep/error.h"

namespace iresweep {
namespace {

constexpr std::size_t kFooter = 48, kTrailer = 5, kMostKeyBytes = 1 << 20;
constexpr std::uint64_t kMagic = 0xdb4775248b80fb57;

struct Handle {
  std::uint64_t offset, size;
};

Handle read_handle(ByteReader& reader) {
  const std::uint64_t offset = reader.varint();
  return {offset, reader.varint()};
}

std::string_view read_block(std::string_view file, Handle handle, const std::string& path) {
  const std::string place = fmt::format("{}, block at byte {}", path, handle.offset);
  const std::uint64_t room = file.size() - kFooter;
  if (handle.offset > room || handle.size > room - handle.offset || room - handle.offset - handle.size < kTrailer)
    damaged("a block lies outside the file", place);
  const std::string_view block = file.substr(handle.offset, handle.size);
  const auto type = std::uint8_t(file[handle.offset + handle.size]);
  ByteReader checksum(file.substr(handle.offset + handle.size + 1, 4), place);
  if (masked_crc32c(file.substr(handle.offset, handle.size + 1)) != checksum.fixed32())
    damaged("the block's checksum is wrong", place);
  if (type != 0)
    throw Error(fmt::format("the block is compressed (type {}); TensorFlow does not write that", type), place,
                "save the checkpoint anew with TensorFlow");
  return block;
}

// The entries of a block end where its list of restart points begins. The list serves searching; here only its own
// soundness matters.
std::string_view entries_of(std::string_view block, const std::string& place) {
  if (block.size() < 4) damaged("the block is too small", place);
  ByteReader tail(block.substr(block.size() - 4), place);
  const std::uint64_t restarts = tail.fixed32();
  if (restarts == 0 || restarts > (block.size() - 4) / 4) damaged("the block's restart list is wrong", place);
  const std::size_t end = block.size() - 4 - 4 * restarts;
  ByteReader list(block.substr(end, 4 * restarts), place);
  std::uint32_t previous = 0;
  for (std::uint64_t i = 0; i < restarts; ++i) {
    const std::uint32_t restart = list.fixed32();
    if ((i == 0 ? restart != 0 : restart <= previous) || restart > end)
      damaged("the block's restart list is wrong", place);
    previous = restart;
  }
  return block.substr(0, end);
}

// Keys are stored as the length shared with the key before and the rest, so that a small file can stand for very many
// bytes of them: `key_bytes` counts those of the whole file, up to kMostKeyBytes.
void append_entries(std::string_view block, const std::string& place, std::vector<TableEntry>& entries,
                    std::size_t& key_bytes) {
  std::string key;
  for (ByteReader reader(entries_of(block, place), place); !reader.done();) {
    const std::uint64_t shared = reader.varint(), own = reader.varint(), value = reader.varint();
    if (shared > key.size()) damaged("a key shares more than there is", place);
    key.resize(shared);
    key += reader.take(own);
    key_bytes += key.size();
    if (key_bytes > kMostKeyBytes) damaged("its names are longer than those of any DeepIRES checkpoint", place);
    if (!entries.empty() && key <= entries.back().key) damaged("keys are doubled or out of order", place);
    entries.push_back({key, reader.take(value)});
  }
}

}  // namespace

std::vector<TableEntry> read_leveldb_table(std::string_view file, const std::string& path) {
  const std::string footer_place = path + ", footer";
  if (file.size() < kFooter) damaged("the file is too short for the index of a TensorFlow checkpoint", path);
  ByteReader magic(file.substr(file.size() - 8), footer_place);
  if (magic.fixed64() != kMagic) damaged("this is not the index of a TensorFlow checkpoint, or it is cut off", path);

  ByteReader footer(file.substr(file.size() - kFooter, kFooter - 8), footer_place);
  const Handle metaindex = read_handle(footer), index = read_handle(footer);
  while (!footer.done())
    if (footer.take(1).front() != 0) damaged("the footer's padding is not zero", footer_place);
  entries_of(read_block(file, metaindex, path), path + ", metaindex");

  std::vector<TableEntry> blocks, entries;
  std::size_t key_bytes = 0;
  append_entries(read_block(file, index, path), path + ", block index", blocks, key_bytes);
  for (const TableEntry& entry : blocks) {
    ByteReader reader(entry.value, path + ", block index");
    const Handle handle = read_handle(reader);
    append_entries(read_block(file, handle, path), fmt::format("{}, block at byte {}", path, handle.offset), entries,
                   key_bytes);
  }
  return entries;
}

}  // namespace iresweep
