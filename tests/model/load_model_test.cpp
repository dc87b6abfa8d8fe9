// What people give by mistake when a model is asked for: one clear error each.
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <filesystem>
#include <string>

#include "host/model/file_bytes.h"
#include "iresweep/error.h"
#include "iresweep/model.h"
#include "tests/support/model_files.h"
#include "tests/support/temporary_folder.h"

namespace iresweep {
namespace {

class GivenAsModel : public testing::Test {
 protected:
  const test::TemporaryFolder folder_;

  Error error_of(const std::string& path) {
    try {
      load_model(path);
    } catch (const Error& error) {
      return error;
    }
    ADD_FAILURE() << path << " was taken for a model";
    return {"", "", ""};
  }
  void expect_fault(const std::string& path, const std::string& fault) {
    const Error error = error_of(path);
    EXPECT_NE(error.what_failed.find(fault), std::string::npos) << error.what_failed;
    EXPECT_NE(error.where.find(path), std::string::npos) << error.where;
    EXPECT_NE(error.hint, "");
  }
};

TEST_F(GivenAsModel, AMissingFile) {
  for (const char* name : {"absent", "absent.safetensors"}) {
    const Error error = error_of(folder_.path(name));
    EXPECT_EQ(error.where, folder_.path(name));
    EXPECT_NE(error.hint.find(folder_.path(name) + ".index"), std::string::npos) << error.hint;
  }
  expect_fault(folder_.path("absent.index"), "No such file");
  EXPECT_NE(error_of("").what_failed, "");
}

TEST_F(GivenAsModel, AFolder) { expect_fault(folder_.path(""), "folder"); }

TEST_F(GivenAsModel, APipe) {
  ASSERT_EQ(::mkfifo(folder_.path("pipe").c_str(), 0600), 0);
  expect_fault(folder_.path("pipe"), "not a regular file");
}

TEST_F(GivenAsModel, AnEmptyFile) {
  expect_fault(folder_.write("empty.safetensors", ""), "empty");
  expect_fault(folder_.write("empty.index", ""), "empty");
}

TEST_F(GivenAsModel, Text) {
  expect_fault(folder_.write("model.safetensors", "model_checkpoint_path: \"first\"\n"), "not a safetensors file");
  expect_fault(folder_.write("short", "x"), "not a safetensors file");
  expect_fault(folder_.write("text.index", std::string(1000, 'x')), "not the index");
}

TEST_F(GivenAsModel, Archives) {
  expect_fault(folder_.write("model.safetensors.gz", "\x1f\x8b\x08 and so on"), "compressed");
  expect_fault(folder_.write("model.h5", "\x89HDF\r\n\x1a\n and so on"), "Keras");
  expect_fault(folder_.write("model.keras", "PK\x03\x04 and so on"), "Keras");
}

TEST_F(GivenAsModel, ALargeForeignFileIsNotRead) {
  const std::string path = folder_.write("large.safetensors", "x");
  std::filesystem::resize_file(path, kLargestModelFile + 1);
  expect_fault(path, "bytes");
}

TEST_F(GivenAsModel, AnOwnFileOfAnotherSuffix) {
  save_model(test::seeded_model(1), folder_.path("model.bin"));
  EXPECT_EQ(load_model(folder_.path("model.bin")).name, "model.bin");
}

}  // namespace
}  // namespace iresweep
