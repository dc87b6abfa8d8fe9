// Reads a LevelDB table (.sst), the container of a TensorFlow checkpoint's index.
//
//   data block | data block | ... | metaindex block | index block | footer (48 bytes)
//
// A block is followed by a type byte (0: not compressed) and the masked CRC-32C of block and type. The index block
// lists the data blocks, the footer says where metaindex and index lie.
#pragma once
#include <string>
#include <string_view>
#include <vector>

namespace iresweep {

struct TableEntry {
  std::string key;
  std::string_view value;  ///< points into the file's bytes
};

/// All entries of the table whose whole content is `file`, keys ascending strictly. Throws Error, naming `path`, for
/// anything but an intact, uncompressed table.
std::vector<TableEntry> read_leveldb_table(std::string_view file, const std::string& path);

}  // namespace iresweep
