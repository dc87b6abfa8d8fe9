#include "host/model/model_file.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <charconv>
#include <cstring>
#include <filesystem>
#include <utility>

#include "host/model/safetensors.h"
#include "iresweep/error.h"

namespace iresweep {
namespace {

constexpr std::string_view kFormat = "iresweep", kVersion = "1", kArchitecture = "deepires";
constexpr std::string_view kProvenance = "provenance.";
constexpr const char *kNullLogit = "null_table.logit", *kNullShare = "null_table.share",
                     *kNullWindows = "null_table.windows";
constexpr const char* kMend = "give a *.safetensors file that iresweep wrote, or the prefix of a DeepIRES checkpoint";

// Takes entries out of a file's content one by one: what is left over at the end is told.
class Reader {
 public:
  Reader(Safetensors content, std::string path) : content_(std::move(content)), path_(std::move(path)) {}

  std::string text(const std::string& key) {
    auto node = content_.metadata.extract(key);
    return node ? node.mapped() : std::string();
  }

  void expect(const std::string& key, std::string_view expected) {
    const std::string found = text(key);
    if (found != expected)
      throw Error(fmt::format("this is not a model that iresweep knows: '{}' in its metadata is '{}', not '{}'", key,
                              found, expected),
                  path_, kMend);
  }

  template <class Number>
  Number number(const std::string& key) {
    const std::string found = text(key);
    Number value{};
    const char* end = found.data() + found.size();
    const auto parsed = std::from_chars(found.data(), end, value);
    if (parsed.ec != std::errc() || parsed.ptr != end)
      throw Error(fmt::format("'{}' in its metadata is '{}', which is no whole number", key, found), path_, kMend);
    return value;
  }

  void tensor(const TensorView<float>& target) {
    const Safetensor found = take(target.name, "F32");
    if (!std::ranges::equal(found.shape, target.shape))
      throw Error(
          fmt::format("its shape is [{}], not [{}]", fmt::join(found.shape, ", "), fmt::join(target.shape, ", ")),
          place(target.name), kMend);
    std::memcpy(target.values.data(), found.bytes.data(), found.bytes.size());
  }

  std::vector<double> doubles(const std::string& name) {
    const Safetensor found = take(name, "F64");
    if (found.shape.size() != 1) throw Error("it is not a list of numbers", place(name), kMend);
    std::vector<double> values(found.bytes.size() / sizeof(double));
    if (!values.empty()) std::memcpy(values.data(), found.bytes.data(), found.bytes.size());
    return values;
  }

  bool has_null_table() const {
    return content_.metadata.contains(kNullWindows) || content_.tensors.contains(kNullLogit) ||
           content_.tensors.contains(kNullShare);
  }

  std::map<std::string, std::string> remaining_metadata() { return std::move(content_.metadata); }

  void expect_no_more_tensors() const {
    if (!content_.tensors.empty())
      throw Error("DeepIRES has no tensor of this name", place(content_.tensors.begin()->first), kMend);
  }

 private:
  std::string place(const std::string& name) const { return fmt::format("{}, tensor '{}'", path_, name); }

  Safetensor take(const std::string& name, std::string_view type) {
    auto node = content_.tensors.extract(name);
    if (!node) throw Error(fmt::format("it has no tensor '{}'", name), path_, kMend);
    if (node.mapped().type != type)
      throw Error(fmt::format("its type is {}, not {}", node.mapped().type, type), place(name), kMend);
    return node.mapped();
  }

  Safetensors content_;
  std::string path_;
};

NullTable read_null_table(Reader& reader) {
  NullTable table;
  table.windows = reader.number<std::uint64_t>(kNullWindows);
  table.logit = reader.doubles(kNullLogit);
  table.share = reader.doubles(kNullShare);
  return table;
}

template <class Float>
Safetensor as_tensor(const char* type, const std::vector<std::size_t>& shape, std::span<const Float> values) {
  return {type,
          {shape.begin(), shape.end()},
          std::string_view(reinterpret_cast<const char*>(values.data()), values.size_bytes())};
}

}  // namespace

Model parse_model(std::string_view file, const std::string& path) {
  Reader reader(read_safetensors(file, path), path);
  reader.expect("format", kFormat);
  reader.expect("version", kVersion);
  reader.expect("architecture", kArchitecture);
  Model model;
  model.name = std::filesystem::path(path).filename();
  model.window = reader.number<int>("window");
  model.step = reader.number<int>("step");
  for (const auto& tensor : tensors(model.network)) reader.tensor(tensor);
  if (reader.has_null_table()) model.null_table = read_null_table(reader);
  reader.expect_no_more_tensors();
  for (const auto& [key, value] : reader.remaining_metadata())
    model.provenance.emplace(key.starts_with(kProvenance) ? key.substr(kProvenance.size()) : key, value);
  return model;
}

std::string format_model(const Model& model) {
  Safetensors content;
  for (const auto& [key, value] : model.provenance) content.metadata[std::string(kProvenance) + key] = value;
  content.metadata["format"] = kFormat;
  content.metadata["version"] = kVersion;
  content.metadata["architecture"] = kArchitecture;
  content.metadata["window"] = std::to_string(model.window);
  content.metadata["step"] = std::to_string(model.step);
  for (const auto& tensor : tensors(model.network))
    content.tensors[tensor.name] = as_tensor("F32", tensor.shape, tensor.values);
  if (model.null_table) {
    const NullTable& table = *model.null_table;
    content.metadata[kNullWindows] = std::to_string(table.windows);
    content.tensors[kNullLogit] = as_tensor("F64", {table.logit.size()}, std::span(table.logit));
    content.tensors[kNullShare] = as_tensor("F64", {table.share.size()}, std::span(table.share));
  }
  return write_safetensors(content);
}

}  // namespace iresweep
