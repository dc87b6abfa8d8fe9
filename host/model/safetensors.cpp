#include "host/model/safetensors.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <optional>
#include <set>

#include "host/model/byte_reader.h"
#include "host/model/xxh3_hex.h"
#include "iresweep/error.h"

namespace iresweep {
namespace {

using nlohmann::json;

constexpr const char *kMetadata = "__metadata__", *kChecksum = "checksum";
// Ours has about 8 kB. The bound keeps a foreign header from being turned into JSON objects many times its size.
constexpr std::uint64_t kLargestHeader = 1 << 20;
// Header, tensor, array of numbers: nothing lies deeper.
constexpr int kDeepest = 2;

std::optional<std::uint64_t> bytes_a_number(const std::string& type) {
  if (type == "F32") return 4;
  if (type == "F64") return 8;
  return std::nullopt;
}

// Refuses what the JSON library would let pass or would spend memory on: deep nesting and doubled names.
class HeaderGuard {
 public:
  explicit HeaderGuard(const std::string& path) : path_(path) {}

  bool operator()(int depth, json::parse_event_t event, const json& parsed) {
    using Event = json::parse_event_t;
    if ((event == Event::object_start || event == Event::array_start) && depth > kDeepest)
      damaged("the header is nested too deep", path_);
    if (event == Event::object_start) names_.emplace_back();
    if (event == Event::object_end) names_.pop_back();
    if (event == Event::key && !names_.back().insert(parsed.get<std::string>()).second)
      damaged(fmt::format("the header has '{}' twice", parsed.get<std::string>()), path_);
    return true;
  }

 private:
  const std::string& path_;
  std::vector<std::set<std::string>> names_;
};

json parse_header(std::string_view text, const std::string& path) {
  try {
    HeaderGuard guard(path);
    json header = json::parse(
        text, [&](int depth, json::parse_event_t event, json& parsed) { return guard(depth, event, parsed); });
    if (!header.is_object()) damaged("the header is not a JSON object", path);
    return header;
  } catch (const json::exception&) {
    damaged("the header is not valid JSON", path);
  }
}

std::map<std::string, std::string> read_metadata(const json& header, const std::string& path) {
  std::map<std::string, std::string> metadata;
  const auto found = header.find(kMetadata);
  if (found == header.end()) return metadata;
  if (!found->is_object()) damaged("the header's metadata are not an object", path);
  for (const auto& [key, value] : found->items()) {
    if (!value.is_string()) damaged(fmt::format("the metadata's '{}' is not a text", key), path);
    metadata.emplace(key, value.get<std::string>());
  }
  return metadata;
}

std::vector<std::uint64_t> read_numbers(const json& tensor, const char* key, const std::string& place) {
  const auto found = tensor.find(key);
  if (found == tensor.end() || !found->is_array()) damaged(fmt::format("it has no array '{}'", key), place);
  std::vector<std::uint64_t> numbers;
  for (const json& number : *found) {
    if (!number.is_number_unsigned()) damaged(fmt::format("its '{}' holds what is no whole number", key), place);
    numbers.push_back(number.get<std::uint64_t>());
  }
  return numbers;
}

// True when the product of `shape` and `size` is `bytes`, in true arithmetic: an overflow is a false.
bool fits(const std::vector<std::uint64_t>& shape, std::uint64_t size, std::uint64_t bytes) {
  std::uint64_t product = size;
  for (const std::uint64_t extent : shape)
    if (__builtin_mul_overflow(product, extent, &product)) return false;
  return product == bytes;
}

Safetensor read_tensor(const json& tensor, std::string_view data, const std::string& place) {
  const auto type = tensor.find("dtype");
  if (type == tensor.end() || !type->is_string()) damaged("it has no 'dtype'", place);
  Safetensor result{type->get<std::string>(), read_numbers(tensor, "shape", place), {}};
  const auto size = bytes_a_number(result.type);
  if (!size)
    throw Error(fmt::format("its type is {}; iresweep reads F32 and F64", result.type), place,
                "store the tensor in one of these");
  const auto offsets = read_numbers(tensor, "data_offsets", place);
  if (offsets.size() != 2 || offsets[0] > offsets[1] || offsets[1] > data.size())
    damaged(fmt::format("its bytes do not lie within the {} bytes of data", data.size()), place);
  if (!fits(result.shape, *size, offsets[1] - offsets[0])) damaged("its size does not fit its shape", place);
  result.bytes = data.substr(offsets[0], offsets[1] - offsets[0]);
  return result;
}

// The format asks for it: no byte belongs to two tensors, and none to nothing.
void check_tiling(const std::map<std::string, Safetensor>& tensors, std::string_view data, const std::string& path) {
  std::vector<std::string_view> parts;
  for (const auto& [name, tensor] : tensors) parts.push_back(tensor.bytes);
  std::ranges::sort(parts,
                    [](auto a, auto b) { return std::pair(a.data(), a.size()) < std::pair(b.data(), b.size()); });
  const char* end = data.data();
  for (const std::string_view part : parts) {
    if (part.data() != end) damaged("tensors overlap or leave a gap between them", path);
    end += part.size();
  }
  if (end != data.data() + data.size()) damaged("bytes after the last tensor belong to nothing", path);
}

std::string checksum(const json& header_without_checksum, std::string_view data) {
  const auto replace = json::error_handler_t::replace;
  return xxh3_hex(header_without_checksum.dump(-1, ' ', false, replace).append(data));
}

void verify_checksum(json& header, std::string_view data, const std::string& path) {
  const auto metadata = header.find(kMetadata);
  if (metadata == header.end() || !metadata->contains(kChecksum)) return;
  const std::string stated = metadata->at(kChecksum).get<std::string>();
  metadata->erase(kChecksum);
  if (stated != checksum(header, data))
    throw Error("its checksum is wrong: it was damaged or edited", path,
                "copy it again; if it was edited on purpose, remove 'checksum' from its metadata");
}

void append_number(std::string& bytes, std::uint64_t number) {
  for (int shift = 0; shift < 64; shift += 8) bytes.push_back(char(number >> shift & 0xff));
}

}  // namespace

Safetensors read_safetensors(std::string_view file, const std::string& path) {
  ByteReader reader(file, path);
  const std::uint64_t length = file.size() < 8 ? 0 : reader.fixed64();
  if (length < 2 || length > file.size() - 8 || file[8] != '{')
    throw Error("this is not a safetensors file, or it is cut off", path,
                "give a *.safetensors file, or the prefix of a TensorFlow checkpoint (PREFIX.index beside it)");
  if (length > kLargestHeader)
    throw Error(fmt::format("its header has {} bytes; no model of iresweep needs that", length), path,
                "give a *.safetensors file that iresweep wrote");
  json header = parse_header(reader.take(length), path);
  const std::string_view data = file.substr(8 + length);

  Safetensors content;
  content.metadata = read_metadata(header, path);
  content.metadata.erase(kChecksum);
  for (const auto& [name, tensor] : header.items()) {
    if (name == kMetadata) continue;
    const std::string place = fmt::format("{}, tensor '{}'", path, name);
    if (!tensor.is_object()) damaged("it is not described by an object", place);
    content.tensors.emplace(name, read_tensor(tensor, data, place));
  }
  check_tiling(content.tensors, data, path);
  verify_checksum(header, data, path);
  return content;
}

std::string write_safetensors(const Safetensors& content) {
  json header = {{kMetadata, content.metadata}};
  std::string data;
  for (const char* type : {"F64", "F32"})
    for (const auto& [name, tensor] : content.tensors) {
      if (tensor.type != type) continue;
      const std::size_t begin = data.size();
      data.append(tensor.bytes);
      header[name] = {{"dtype", type}, {"shape", tensor.shape}, {"data_offsets", {begin, data.size()}}};
    }
  header[kMetadata][kChecksum] = checksum(header, data);
  std::string text = header.dump(-1, ' ', false, json::error_handler_t::replace);
  text.resize((text.size() + 7) / 8 * 8, ' ');
  std::string file;
  append_number(file, text.size());
  return file + text + data;
}

}  // namespace iresweep
