// A TensorFlow checkpoint. Checksums would keep a fuzzer out, so that it may also give the blocks of the table, or the
// entries of the blocks, and the checksums are made right.
#include <utility>

#include "host/model/crc32c.h"
#include "host/model/model_file.h"
#include "iresweep/model.h"
#include "tests/fuzz/fuzz.h"
#include "tests/support/checkpoint_writer.h"
#include "tests/support/seeded_network.h"
#include "tests/support/shared_data.h"
#include "tests/support/temporary_folder.h"

namespace iresweep::fuzz {
namespace {

const test::CheckpointParts& parts() {
  static const test::CheckpointParts parts = test::checkpoint_parts(test::deepires_tensors(test::seeded_network(1)));
  return parts;
}

// Appends a block of any content with its trailer; its handle.
std::string append_block(std::string& table, std::string_view content) {
  std::string handle, block(content);
  test::append_varint(handle, table.size());
  test::append_varint(handle, content.size());
  block.push_back('\0');
  test::append_fixed32(block, masked_crc32c(block));
  table += block;
  return handle;
}

// Blocks as they come: the index, which says where the others lie, last.
std::string table_of_blocks(Input& input) {
  std::string table, footer;
  append_block(table, input.text());
  append_block(table, input.text());
  footer = append_block(table, std::string("\0\0\0\0\1\0\0\0", 8));
  footer += append_block(table, input.text());
  footer.resize(40, '\0');
  test::append_fixed32(footer, 0x8b80fb57);
  test::append_fixed32(footer, 0xdb477524);
  return table + footer;
}

// The sound entries, of which some are others.
std::string table_of_entries(Input& input) {
  auto items = parts().items;
  while (!input.empty()) {
    auto& item = items[input.byte() % items.size()];
    const std::string_view key = input.text(), value = input.text();
    if (!key.empty()) item.key = key;
    item.value = value;
  }
  return test::encode_table(items);
}

}  // namespace

void run(Input input) {
  [[maybe_unused]] static const std::string sound_data = write_file("sound.data-00000-of-00001", parts().data);
  const std::uint8_t kind = input.byte() % 3;
  if (kind == 0) {
    const std::string path = write_file("any.index", input.text());
    write_file("any.data-00000-of-00001", input.rest());
    load_model(path);
  } else {
    load_model(write_file("sound.index", kind == 1 ? table_of_blocks(input) : table_of_entries(input)));
  }
}

std::vector<std::string> seeds() {
  const auto& [items, entries, data] = parts();
  std::vector<std::string> all;
  all.push_back('\0' + as_text(test::encode_table(items)) + data);
  if (const auto index = test::shared_file("models/deepires/first.index"))
    all.push_back('\0' + as_text(test::file_bytes(*index)) + data.substr(0, 1000));
  // Two blocks as encode_table() makes them, and the index of these, without trailers.
  const auto block = [](std::size_t first, std::size_t count) {
    const auto begin = parts().items.begin() + std::ptrdiff_t(first);
    const std::string whole = test::encode_block({begin, begin + std::ptrdiff_t(count)});
    return whole.substr(0, whole.size() - 5);
  };
  std::string table;
  std::vector<test::CheckpointParts::Item> handles;
  for (const std::size_t first : {0, 3})
    handles.push_back({items[first + 2].key, append_block(table, block(first, 3))});
  const std::string last = test::encode_block(handles);
  all.push_back('\1' + as_text(block(0, 3)) + as_text(block(3, 3)) + as_text(last.substr(0, last.size() - 5)));
  for (const std::size_t i : {0, 1, 5})
    all.push_back('\2' + std::string(1, char(i)) + as_text(items[i].key) + as_text(items[i].value));
  return all;
}

}  // namespace iresweep::fuzz
