// Arrays for Python: numpy.load() reads them by name.
//
// A .npz is a zip archive of .npy files (NumPy Enhancement Proposal 1 and numpy.lib.format, version 1.0); zip as
// PKWARE's APPNOTE 6.3.10 says, sections 4.3.7, 4.3.12 and 4.3.16, entries stored as they are, without time stamps: the
// same arrays give the same bytes.
#pragma once
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "host/output/output_file.h"
#include "host/output/scratch_file.h"

namespace iresweep {

class NpzFile {
 public:
  explicit NpzFile(std::string path);

  /// A new array, without rows. `type` is NumPy's: "<f4", "|S174"; `row` the shape of a row, empty for a single item.
  /// Returns its number.
  std::size_t add(std::string name, std::string type, std::vector<std::size_t> row);

  /// Rows wait in a scratch file until close(). Throws Error, also for an array of 4 GiB, which needs another zip.
  template <class Item>
  void append(std::size_t array, std::span<const Item> items) {
    append_bytes(array, std::as_bytes(items));
  }
  /// A single item.
  template <class Item>
  void append_one(std::size_t array, Item item) {
    append_bytes(array, std::as_bytes(std::span(&item, 1)));
  }

  /// An array of byte strings, as long as the longest.
  void add_texts(std::string name, const std::vector<std::string>& texts);

  /// Completes the file, under its temporary name.
  void close();
  OutputFile& file() { return file_; }

 private:
  struct Array {
    std::string name, type;
    std::vector<std::size_t> row;
    std::size_t row_bytes = 0;
    std::unique_ptr<ScratchFile> data;
    std::uint32_t crc = 0;  ///< of the data
  };
  struct Entry {
    std::string name;
    std::uint32_t crc = 0, size = 0, offset = 0;
  };
  void append_bytes(std::size_t array, std::span<const std::byte> bytes);
  void write_array(const Array& array);
  void write(std::string_view bytes);
  void write_directory();

  OutputFile file_;
  std::vector<Array> arrays_;
  std::vector<Entry> entries_;  ///< written
  std::uint64_t written_ = 0;
};

}  // namespace iresweep
