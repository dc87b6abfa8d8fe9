// Reading and writing iresweep's own files: what is kept, and each kind of file that must be refused.
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <cmath>
#include <cstring>
#include <nlohmann/json.hpp>
#include <string>

#include "iresweep/error.h"
#include "iresweep/model.h"
#include "tests/support/model_files.h"
#include "tests/support/seeded_network.h"
#include "tests/support/temporary_folder.h"

namespace iresweep {
namespace {

using nlohmann::json;

class OwnFile : public testing::Test {
 protected:
  const test::TemporaryFolder folder_;
  const std::string path_ = folder_.path("model.safetensors");
  const Model model_ = test::seeded_model(5);

  // What load_model says of a file with this content; empty when it takes it.
  std::string fault_of(const std::string& bytes) {
    folder_.write("model.safetensors", bytes);
    try {
      load_model(path_);
    } catch (const Error& error) {
      EXPECT_NE(error.where.find(path_), std::string::npos) << error.where;
      EXPECT_NE(error.hint, "");
      return error.what_failed;
    }
    return "";
  }

  // The same of the model's file with another header; without a checksum, so that the other checks are reached.
  template <class Spoil>
  std::string fault_of_header(Spoil spoil) {
    test::OwnFileParts parts = test::own_file_parts(model_);
    spoil(parts.header);
    return fault_of(test::join(parts.header.dump(), parts.data));
  }

  std::string fault_of_data(const std::string& tensor, double value) {
    test::OwnFileParts parts = test::own_file_parts(model_);
    const std::size_t begin = parts.header[tensor]["data_offsets"][0];
    const auto as_float = float(value);
    if (parts.header[tensor]["dtype"] == "F64")
      std::memcpy(parts.data.data() + begin, &value, sizeof value);
    else
      std::memcpy(parts.data.data() + begin, &as_float, sizeof as_float);
    return fault_of(test::join(parts.header.dump(), parts.data));
  }
};

TEST_F(OwnFile, KeepsEverything) {
  save_model(model_, path_);
  const Model read = load_model(path_);
  EXPECT_EQ(read.name, "model.safetensors");
  EXPECT_EQ(read.window, model_.window);
  EXPECT_EQ(read.step, 7);
  EXPECT_EQ(weights_hash(read.network), weights_hash(model_.network));
  EXPECT_EQ(read.provenance, model_.provenance);
  ASSERT_TRUE(read.null_table);
  EXPECT_EQ(read.null_table->windows, model_.null_table->windows);
  EXPECT_EQ(read.null_table->logit, model_.null_table->logit);
  EXPECT_EQ(read.null_table->share, model_.null_table->share);
}

TEST_F(OwnFile, IsTheSameBytesEveryTime) {
  save_model(model_, path_);
  const std::string first = test::file_bytes(path_);
  save_model(load_model(path_), path_);
  EXPECT_EQ(test::file_bytes(path_), first);
}

TEST_F(OwnFile, NeedsNoNullTable) {
  Model model = model_;
  model.null_table.reset();
  save_model(model, path_);
  EXPECT_FALSE(load_model(path_).null_table);
}

TEST_F(OwnFile, KeepsForeignMetadataAsProvenance) {
  EXPECT_EQ(fault_of_header([](json& header) { header["__metadata__"]["author"] = "somebody"; }), "");
  EXPECT_EQ(load_model(path_).provenance.at("author"), "somebody");
}

TEST_F(OwnFile, MakesInvalidTextReadable) {
  Model model = model_;
  model.provenance["data"] = "caf\xe9";
  save_model(model, path_);
  EXPECT_EQ(load_model(path_).provenance.at("data"), "caf\xef\xbf\xbd");
}

TEST_F(OwnFile, IsWrittenWholeOrNotAtAll) {
  save_model(model_, path_);
  const std::string before = test::file_bytes(path_);
  Model broken = model_;
  broken.network.output.bias[0] = NAN;
  EXPECT_THROW(save_model(broken, path_), Error);
  EXPECT_EQ(test::file_bytes(path_), before);
  EXPECT_THROW(save_model(model_, folder_.path("no/such/folder.safetensors")), Error);
  EXPECT_THROW(save_model(model_, folder_.path("")), Error);
  const auto files = std::filesystem::directory_iterator(folder_.path(""));
  EXPECT_EQ(std::distance(begin(files), end(files)), 1) << "a temporary file was left behind";
}

TEST_F(OwnFile, AnEditedFileIsRefused) {
  save_model(model_, path_);
  std::string bytes = test::file_bytes(path_);
  bytes.back() ^= 1;
  EXPECT_NE(fault_of(bytes).find("checksum"), std::string::npos);
}

TEST_F(OwnFile, HeaderLengthsThatLieAreRefused) {
  const test::OwnFileParts parts = test::own_file_parts(model_);
  const std::string text = parts.header.dump(), file = test::join(text, parts.data);
  ASSERT_EQ(fault_of(file), "");
  for (const std::uint64_t length :
       {std::uint64_t(0), std::uint64_t(1), std::uint64_t(text.size() - 1), std::uint64_t(text.size() + 1),
        std::uint64_t(file.size() - 8), std::uint64_t(file.size() - 7), ~std::uint64_t(0), ~std::uint64_t(0) - 7}) {
    std::string lying = file;
    std::memcpy(lying.data(), &length, 8);
    EXPECT_NE(fault_of(lying), "") << length;
  }
  EXPECT_NE(fault_of(test::join(text + std::string(2 << 20, ' '), parts.data)), "");
}

TEST_F(OwnFile, OffsetsThatLieAreRefused) {
  const auto with_offsets = [this](const json& offsets) {
    return fault_of_header([&](json& header) { header["hidden.bias"]["data_offsets"] = offsets; });
  };
  const json right = test::own_file_parts(model_).header["hidden.bias"]["data_offsets"];
  const std::uint64_t begin = right[0], end = right[1];
  constexpr std::uint64_t huge = ~std::uint64_t(0);
  ASSERT_EQ(with_offsets(right), "");
  EXPECT_NE(with_offsets({begin - 4, end - 4}).find("overlap"), std::string::npos);
  EXPECT_NE(with_offsets({begin + 4, end + 4}).find("overlap"), std::string::npos);
  EXPECT_NE(with_offsets({0, end - begin}).find("overlap"), std::string::npos);
  EXPECT_NE(with_offsets({begin, end + 4}), "");
  EXPECT_NE(with_offsets({end, begin}), "");
  EXPECT_NE(with_offsets({huge - (end - begin), huge}), "");
  EXPECT_NE(with_offsets({begin, huge}), "");
  EXPECT_NE(with_offsets({-1, end}), "");
  EXPECT_NE(with_offsets({double(begin), double(end)}), "");
  EXPECT_NE(with_offsets({begin}), "");
  EXPECT_NE(with_offsets({begin, end, end}), "");
  EXPECT_NE(with_offsets("0"), "");
  const test::OwnFileParts parts = test::own_file_parts(model_);
  EXPECT_NE(fault_of(test::join(parts.header.dump(), parts.data + "more")).find("nothing"), std::string::npos);
}

TEST_F(OwnFile, ShapesThatLieAreRefused) {
  const auto with_shape = [this](const json& shape) {
    return fault_of_header([&](json& header) { header["hidden.bias"]["shape"] = shape; });
  };
  constexpr std::uint64_t half = std::uint64_t(1) << 63;
  ASSERT_EQ(with_shape({32}), "");
  EXPECT_NE(with_shape({half, 2, 32}), "");
  EXPECT_NE(with_shape({half + 32}), "");
  EXPECT_NE(with_shape({std::uint64_t(1) << 62, 4}), "");
  EXPECT_NE(with_shape({31}), "");
  EXPECT_NE(with_shape({32, 0}), "");
  EXPECT_NE(with_shape({4, 8}).find("shape"), std::string::npos);
  EXPECT_NE(with_shape(json::array()), "");
  EXPECT_NE(with_shape({{32}}), "");
  EXPECT_NE(with_shape({-32}), "");
  EXPECT_NE(with_shape(32), "");
}

TEST_F(OwnFile, OtherTensorsAreRefused) {
  EXPECT_NE(fault_of_header([](json& header) { header["hidden.bias"]["dtype"] = "I32"; }), "");
  EXPECT_NE(fault_of_header([](json& header) { header["hidden.bias"]["dtype"] = 3; }), "");
  EXPECT_NE(fault_of_header([](json& header) { header["hidden.bias"].erase("dtype"); }), "");
  EXPECT_NE(fault_of_header([](json& header) { header["hidden.bias"] = 1; }), "");
  EXPECT_NE(fault_of_header([](json& header) {
              header["hidden.weight"] = header["hidden.bias"];
              header.erase("hidden.bias");
            }),
            "");
  EXPECT_NE(fault_of_header([](json& header) {
              header["extra"] = {{"dtype", "F32"}, {"shape", {0}}, {"data_offsets", {0, 0}}};
            }).find("no tensor of this name"),
            std::string::npos);
}

TEST_F(OwnFile, OtherMetadataAreRefused) {
  for (const char* key : {"format", "version", "architecture", "window", "step", "null_table.windows"}) {
    EXPECT_NE(fault_of_header([&](json& header) { header["__metadata__"].erase(key); }), "") << key;
    EXPECT_NE(fault_of_header([&](json& header) { header["__metadata__"][key] = "17x"; }), "") << key;
    EXPECT_NE(fault_of_header([&](json& header) { header["__metadata__"][key] = 174; }), "") << key;
  }
  EXPECT_NE(fault_of_header([](json& header) { header["__metadata__"]["window"] = "173"; }), "");
  EXPECT_NE(fault_of_header([](json& header) { header["__metadata__"]["step"] = "0"; }), "");
  EXPECT_NE(fault_of_header([](json& header) { header["__metadata__"]["step"] = "99999999999"; }), "");
  EXPECT_NE(fault_of_header([](json& header) { header["__metadata__"]["version"] = "2"; }), "");
  EXPECT_NE(fault_of_header([](json& header) { header["__metadata__"]["null_table.windows"] = "0"; }), "");
  EXPECT_NE(fault_of_header([](json& header) { header["__metadata__"] = "text"; }), "");
  EXPECT_NE(fault_of_header([](json& header) { header.erase("__metadata__"); }), "");
}

TEST_F(OwnFile, HostileJsonIsRefused) {
  const test::OwnFileParts parts = test::own_file_parts(model_);
  const std::string text = parts.header.dump();
  const auto fault_of_text = [&](const std::string& header) { return fault_of(test::join(header, parts.data)); };
  EXPECT_NE(fault_of_text("{\"a\":" + std::string(500'000, '[')).find("deep"), std::string::npos);
  std::string objects;
  for (int i = 0; i < 100'000; ++i) objects += "{\"a\":";
  EXPECT_NE(fault_of_text(objects).find("deep"), std::string::npos);
  EXPECT_NE(
      fault_of_text("{\"output.bias\":" + parts.header["output.bias"].dump() + "," + text.substr(1)).find("twice"),
      std::string::npos);
  EXPECT_NE(fault_of_text("{\"\\u006futput.bias\":" + parts.header["output.bias"].dump() + "," + text.substr(1)), "");
  EXPECT_NE(fault_of_text("{}"), "");
  EXPECT_NE(fault_of_text("{\"a\":\"\xff\"}"), "");
  EXPECT_NE(fault_of_text("{\"a\":1e999}"), "");
  EXPECT_NE(fault_of_text(text + "x"), "");
}

TEST_F(OwnFile, WeightsThatAreNoNumbersAreRefused) {
  ASSERT_EQ(fault_of_data("hidden.kernel", 0.25), "");
  EXPECT_NE(fault_of_data("hidden.kernel", NAN), "");
  EXPECT_NE(fault_of_data("gru.backward.recurrent", INFINITY), "");
  EXPECT_NE(fault_of_data("hidden_norm.variance", -1), "");
}

TEST_F(OwnFile, NullTablesOutOfOrderAreRefused) {
  ASSERT_EQ(fault_of_data("null_table.logit", -5), "");
  EXPECT_NE(fault_of_data("null_table.logit", NAN), "");
  EXPECT_NE(fault_of_data("null_table.logit", 0.5), "");
  EXPECT_NE(fault_of_data("null_table.logit", -INFINITY), "");
  EXPECT_NE(fault_of_data("null_table.share", 1.5), "");
  EXPECT_NE(fault_of_data("null_table.share", 0), "");
  EXPECT_NE(fault_of_data("null_table.share", NAN), "");
  Model model = model_;
  model.null_table->share.pop_back();
  EXPECT_THROW(save_model(model, path_), Error);
  model.null_table = NullTable{{}, {}, 10};
  EXPECT_THROW(save_model(model, path_), Error);
}

TEST_F(OwnFile, AnotherModelsFileSaysWhatWasExpected) {
  const std::string data(64, '\0');
  const std::string fault = fault_of(test::join(
      R"({"__metadata__":{"format":"pt"},"lm_head.weight":{"dtype":"F32","shape":[4,4],"data_offsets":[0,64]}})",
      data));
  EXPECT_NE(fault.find("'pt', not 'iresweep'"), std::string::npos) << fault;
}

}  // namespace
}  // namespace iresweep
