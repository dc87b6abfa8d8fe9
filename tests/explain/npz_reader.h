// Reads a .npz back, and refuses one that is not quite sound.
#pragma once
#include <gtest/gtest.h>
#include <zlib.h>

#include <cstdint>
#include <cstring>
#include <map>
#include <string>
#include <vector>

#include "tests/support/temporary_folder.h"

namespace iresweep::test {

struct NpyArray {
  std::string header;  ///< the dictionary, without the blanks behind it
  std::string bytes;   ///< of the items

  template <class Item>
  std::vector<Item> items() const {
    std::vector<Item> found(bytes.size() / sizeof(Item));
    std::memcpy(found.data(), bytes.data(), bytes.size());
    return found;
  }
  /// Of an array of byte strings.
  std::vector<std::string> texts(std::size_t length) const {
    std::vector<std::string> found;
    for (std::size_t at = 0; at < bytes.size(); at += length) {
      const std::string padded = bytes.substr(at, length);
      found.push_back(padded.substr(0, padded.find('\0')));
    }
    return found;
  }
};

/// Little-endian, `bytes` of them.
inline std::uint64_t number_at(const std::string& file, std::size_t at, int bytes) {
  std::uint64_t value = 0;
  for (int i = bytes - 1; i >= 0; --i) value = value << 8 | std::uint8_t(file.at(at + std::size_t(i)));
  return value;
}

inline NpyArray read_npy(const std::string& file) {
  EXPECT_EQ(file.substr(0, 8), std::string("\x93NUMPY\x01\x00", 8));
  const std::size_t size = number_at(file, 8, 2);
  EXPECT_EQ((10 + size) % 64, 0u) << "the items are not aligned";
  EXPECT_EQ(file.at(9 + size), '\n');
  const std::string header = file.substr(10, size);
  return {header.substr(0, header.find('}') + 1), file.substr(10 + size)};
}

/// By name; entries as the directory at the end has them, each checked against what stands before its bytes.
inline std::map<std::string, NpyArray> read_npz(const std::string& path) {
  const std::string file = file_bytes(path);
  const std::size_t end = file.size() - 22;
  EXPECT_EQ(number_at(file, end, 4), 0x06054b50u);
  std::size_t at = number_at(file, end + 16, 4);
  EXPECT_EQ(at + number_at(file, end + 12, 4), end);
  std::map<std::string, NpyArray> arrays;
  for (std::uint64_t count = number_at(file, end + 10, 2); count > 0; --count) {
    EXPECT_EQ(number_at(file, at, 4), 0x02014b50u);
    const std::uint64_t crc = number_at(file, at + 16, 4), size = number_at(file, at + 24, 4);
    const std::size_t name_size = number_at(file, at + 28, 2), local = number_at(file, at + 42, 4);
    const std::string name = file.substr(at + 46, name_size);
    EXPECT_EQ(number_at(file, local, 4), 0x04034b50u);
    EXPECT_EQ(file.substr(local + 14, 12), file.substr(at + 16, 12)) << name << ": checksum and sizes";
    EXPECT_EQ(file.substr(local + 30, name_size), name);
    const std::string bytes = file.substr(local + 30 + name_size, size);
    EXPECT_EQ(crc32_z(0, reinterpret_cast<const Bytef*>(bytes.data()), bytes.size()), crc) << name;
    arrays[name] = read_npy(bytes);
    at += 46 + name_size;
  }
  EXPECT_EQ(at, end);
  return arrays;
}

}  // namespace iresweep::test
