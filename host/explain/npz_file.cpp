#include "host/explain/npz_file.h"

#include <fmt/format.h>
#include <zlib.h>

#include <algorithm>
#include <bit>
#include <limits>
#include <utility>

#include "iresweep/error.h"

namespace iresweep {
namespace {

constexpr std::uint64_t kLargest = std::numeric_limits<std::uint32_t>::max();
constexpr std::size_t kChunk = 1 << 20;
constexpr std::uint16_t kVersion = 20;           // of zip, that a reader must know
constexpr std::uint16_t kFirstDay = 1 << 5 | 1;  // 1 January 1980
constexpr std::size_t kAlignment = 64;           // of an array's data in its .npy

static_assert(std::endian::native == std::endian::little, "numbers are written as they lie in memory");

void put(std::string&) {}
template <class First, class... More>
void put(std::string& out, First first, More... more) {
  out.append(reinterpret_cast<const char*>(&first), sizeof first);
  put(out, more...);
}

std::size_t item_bytes(const std::string& type) { return std::stoul(type.substr(2)); }

// Version 1.0: magic, length of what follows, a Python dictionary padded with blanks.
std::string npy_header(const std::string& type, std::uint64_t rows, const std::vector<std::size_t>& row) {
  std::string shape = fmt::format("{},", rows);
  for (const std::size_t size : row) shape += fmt::format(" {},", size);
  if (!row.empty()) shape.pop_back();
  std::string text = fmt::format("{{'descr': '{}', 'fortran_order': False, 'shape': ({}), }}", type, shape);
  constexpr std::size_t kBefore = 10;
  text.resize((kBefore + text.size() + kAlignment) / kAlignment * kAlignment - kBefore - 1, ' ');
  text += '\n';
  std::string header = "\x93NUMPY";
  put(header, std::uint8_t(1), std::uint8_t(0), std::uint16_t(text.size()));
  return header + text;
}

std::uint32_t checksum(std::uint32_t before, std::string_view bytes) {
  return std::uint32_t(crc32_z(before, reinterpret_cast<const Bytef*>(bytes.data()), bytes.size()));
}

}  // namespace

NpzFile::NpzFile(std::string path) : file_(std::move(path), OutputFile::Packing::plain) {}

std::size_t NpzFile::add(std::string name, std::string type, std::vector<std::size_t> row) {
  std::size_t bytes = item_bytes(type);
  for (const std::size_t size : row) bytes *= size;
  arrays_.push_back(
      {std::move(name), std::move(type), std::move(row), bytes, std::make_unique<ScratchFile>(file_.path()), 0});
  return arrays_.size() - 1;
}

void NpzFile::append_bytes(std::size_t array, std::span<const std::byte> bytes) {
  Array& to = arrays_[array];
  if (to.data->size() + bytes.size() > kLargest - kChunk)
    throw Error("an array of 4 GiB does not fit this kind of file", fmt::format("{}, '{}'", file_.path(), to.name),
                "explain fewer windows at once, or write a table");
  to.crc = checksum(to.crc, {reinterpret_cast<const char*>(bytes.data()), bytes.size()});
  to.data->append(bytes);
}

void NpzFile::add_texts(std::string name, const std::vector<std::string>& texts) {
  std::size_t longest = 1;
  for (const std::string& text : texts) longest = std::max(longest, text.size());
  const std::size_t array = add(std::move(name), fmt::format("|S{}", longest), {});
  for (std::string text : texts) {
    text.resize(longest, '\0');
    append(array, std::span<const char>(text));
  }
}

void NpzFile::close() {
  for (const Array& array : arrays_) write_array(array);
  write_directory();
  file_.close();
}

void NpzFile::write(std::string_view bytes) {
  file_.write(bytes);
  written_ += bytes.size();
}

void NpzFile::write_array(const Array& array) {
  const std::string name = array.name + ".npy";
  const std::string header = npy_header(array.type, array.data->size() / array.row_bytes, array.row);
  const auto data_crc = crc32_combine64(checksum(0, header), array.crc, z_off64_t(array.data->size()));
  const auto size = std::uint32_t(header.size() + array.data->size());
  if (written_ + size > kLargest - kChunk)
    throw Error("arrays of 4 GiB together do not fit this kind of file", file_.path(),
                "explain fewer windows at once, or ask for fewer methods");
  entries_.push_back({name, std::uint32_t(data_crc), size, std::uint32_t(written_)});
  std::string local;
  put(local, std::uint32_t(0x04034b50), kVersion, std::uint16_t(0), std::uint16_t(0), std::uint16_t(0), kFirstDay,
      entries_.back().crc, size, size, std::uint16_t(name.size()), std::uint16_t(0));
  write(local + name + header);
  std::string chunk;
  for (std::uint64_t at = 0; at < array.data->size(); at += chunk.size()) {
    chunk.resize(std::min<std::uint64_t>(kChunk, array.data->size() - at));
    array.data->read(at, std::as_writable_bytes(std::span(chunk)));
    write(chunk);
  }
}

void NpzFile::write_directory() {
  const auto offset = std::uint32_t(written_);
  std::string directory;
  for (const Entry& entry : entries_) {
    put(directory, std::uint32_t(0x02014b50), kVersion, kVersion, std::uint16_t(0), std::uint16_t(0), std::uint16_t(0),
        kFirstDay, entry.crc, entry.size, entry.size, std::uint16_t(entry.name.size()), std::uint16_t(0),
        std::uint16_t(0), std::uint16_t(0), std::uint16_t(0), std::uint32_t(0), entry.offset);
    directory += entry.name;
  }
  const auto size = std::uint32_t(directory.size());
  const auto count = std::uint16_t(entries_.size());
  put(directory, std::uint32_t(0x06054b50), std::uint16_t(0), std::uint16_t(0), count, count, size, offset,
      std::uint16_t(0));
  write(directory);
}

}  // namespace iresweep
