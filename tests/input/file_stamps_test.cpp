#include "host/input/file_stamps.h"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <chrono>
#include <filesystem>

#include "iresweep/error.h"
#include "tests/support/temporary_folder.h"

namespace iresweep::test {
namespace {

namespace fs = std::filesystem;

class FileStampsTest : public testing::Test {
 protected:
  const TemporaryFolder folder_;
  const std::string path_ = folder_.write("in.fa", ">a\nACGT\n");
};

TEST_F(FileStampsTest, WhatStaysIsFine) {
  const FileStamps stamps({path_, "-"});
  stamps.check();
  fs::remove(path_);
  stamps.check();
}

TEST_F(FileStampsTest, WhatCannotBeStampedIsAnError) {
  EXPECT_THROW(FileStamps({path_, folder_.path("nowhere")}), Error);
  EXPECT_THROW(FileStamps({path_ + "/in.fa"}), Error);
}

TEST_F(FileStampsTest, AnotherSizeTimeOrFileIsAnError) {
  const auto fault_after = [&](const auto& change) -> std::string {
    const FileStamps stamps({path_});
    change();
    try {
      stamps.check();
    } catch (const Error& error) {
      return error.where;
    }
    return "none";
  };
  const auto time = fs::last_write_time(path_);
  EXPECT_EQ(fault_after([&] { fs::last_write_time(path_, time - std::chrono::seconds(1)); }), path_);
  EXPECT_EQ(fault_after([&] { fs::resize_file(path_, 5), fs::last_write_time(path_, time); }), path_);
  EXPECT_EQ(fault_after([&] {
              const std::string other = folder_.write("other", ">a\nA");
              fs::last_write_time(other, fs::last_write_time(path_));
              fs::resize_file(other, fs::file_size(path_));
              fs::rename(other, path_);
            }),
            path_);
  EXPECT_EQ(fault_after([] {}), "none");
}

TEST_F(FileStampsTest, APipeHasNoStamp) {
  const std::string pipe = folder_.path("pipe");
  ASSERT_EQ(mkfifo(pipe.c_str(), 0600), 0);
  const FileStamps stamps({pipe});
  fs::last_write_time(pipe, fs::last_write_time(pipe) - std::chrono::seconds(1));
  stamps.check();
}

}  // namespace
}  // namespace iresweep::test
