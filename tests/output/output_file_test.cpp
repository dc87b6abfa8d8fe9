// Files that appear when complete, and every way in which that can fail.
#include "host/output/output_file.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <htslib/bgzf.h>
#include <sys/stat.h>
#include <unistd.h>

#include <csignal>
#include <cstdio>
#include <functional>
#include <memory>

#include "tests/output/folder.h"

namespace iresweep::test {
namespace {

using Packing = OutputFile::Packing;
using Names = std::set<std::string>;
namespace fs = std::filesystem;

Error error_of(const std::function<void()>& action) {
  try {
    action();
  } catch (const Error& error) {
    return error;
  }
  ADD_FAILURE() << "no error";
  return Error("", "", "");
}

bool holds(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

std::string unpacked(const std::string& path) {
  const std::unique_ptr<BGZF, decltype(&bgzf_close)> file(bgzf_open(path.c_str(), "r"), bgzf_close);
  EXPECT_TRUE(file);
  EXPECT_EQ(bgzf_check_EOF(file.get()), 1) << "no end-of-file block";
  std::string text;
  char block[4096];
  for (ssize_t got; (got = bgzf_read(file.get(), block, sizeof block)) > 0;) text.append(block, std::size_t(got));
  return text;
}

std::string lines(int count) {
  std::string text;
  for (int i = 0; i < count; ++i) text += "line " + std::to_string(i * 2654435761u) + "\n";
  return text;
}

// As root every folder can be written to; nobody is the user that cannot.
class AsNobody {
 public:
  AsNobody() : user_(::geteuid()) {
    if (user_ == 0 && ::seteuid(65534) != 0) throw std::runtime_error("seteuid");
  }
  ~AsNobody() {
    if (::seteuid(user_) != 0) std::abort();
  }

 private:
  const uid_t user_;
};

TEST(OutputFile, AppearsWhenComplete) {
  const Folder folder;
  const std::string path = folder / "x.bed";
  folder.write("x.bed", "old");
  OutputFile file(path, Packing::plain);
  file.write("new ");
  file.write("text");
  EXPECT_EQ(file_bytes(path), "old");
  EXPECT_EQ(folder.names().size(), 2u);
  file.commit();
  EXPECT_EQ(file_bytes(path), "new text");
  EXPECT_EQ(folder.names(), Names{"x.bed"});
}

TEST(OutputFile, LeavesNothingWithoutCommit) {
  const Folder folder;
  for (const Packing packing : {Packing::plain, Packing::bgzip}) {
    OutputFile file(folder / "x.bed", packing);
    file.write(lines(100000));
  }
  {
    OutputFile closed(folder / "y.bed", Packing::plain);
    closed.write("text");
    closed.close();
  }
  EXPECT_EQ(folder.names(), Names{});
}

TEST(OutputFile, KeepsSeveralOfOneNameApart) {
  const Folder folder;
  OutputFile first(folder / "x.bed", Packing::plain), second(folder / "x.bed", Packing::plain);
  first.write("first");
  second.write("second");
  second.commit();
  first.commit();
  EXPECT_EQ(file_bytes(folder / "x.bed"), "first");
  EXPECT_EQ(folder.names(), Names{"x.bed"});
}

TEST(OutputFile, TakesTheLongestNames) {
  const Folder folder;
  const std::string name(255, 'n');
  OutputFile file(folder / name, Packing::plain);
  file.commit();
  EXPECT_EQ(folder.names(), Names{name});
}

TEST(OutputFile, FollowsLinks) {
  const Folder folder;
  fs::create_directory(folder / "far");
  fs::create_symlink("far/target.bed", folder / "link.bed");
  fs::create_symlink("link.bed", folder / "link2.bed");
  for (const char* text : {"made", "replaced"}) {
    OutputFile file(folder / "link2.bed", Packing::plain);
    file.write(text);
    file.commit();
    EXPECT_TRUE(fs::is_symlink(folder / "link2.bed"));
    EXPECT_TRUE(fs::is_symlink(folder / "link.bed"));
    EXPECT_EQ(file_bytes(folder / "far/target.bed"), text);
  }
  fs::create_symlink("circle", folder / "circle");
  EXPECT_THROW(OutputFile(folder / "circle/x.bed", Packing::plain), Error);
}

TEST(OutputFile, PacksTheSameBytesHoweverCut) {
  const Folder folder;
  const std::string text = lines(20000);
  for (const std::size_t cut : {std::size_t(7), std::size_t(65280), text.size()}) {
    OutputFile file(folder / std::to_string(cut), Packing::bgzip);
    for (std::size_t i = 0; i < text.size(); i += cut) file.write(std::string_view(text).substr(i, cut));
    file.commit();
    EXPECT_EQ(unpacked(folder / std::to_string(cut)), text);
    EXPECT_TRUE(file_bytes(folder / std::to_string(cut)) == file_bytes(folder / "7"));
  }
}

TEST(OutputFile, WritesStraightToAFifo) {
  const Folder folder;
  const std::string path = folder / "fifo";
  ASSERT_EQ(::mkfifo(path.c_str(), 0600), 0);
  const int reader = ::open(path.c_str(), O_RDONLY | O_NONBLOCK);
  OutputFile file(path, Packing::plain);
  EXPECT_FALSE(file.renames());
  file.write("text");
  file.commit();
  char text[5] = {};
  EXPECT_EQ(::read(reader, text, 4), 4);
  EXPECT_STREQ(text, "text");
  ::close(reader);
  EXPECT_EQ(folder.names(), Names{"fifo"});
}

TEST(OutputFile, TellsAClosedPipeApart) {
  const auto old_handler = std::signal(SIGPIPE, SIG_IGN);
  const Folder folder;
  const std::string path = folder / "fifo";
  ASSERT_EQ(::mkfifo(path.c_str(), 0600), 0);
  for (const Packing packing : {Packing::plain, Packing::bgzip}) {
    const int reader = ::open(path.c_str(), O_RDONLY | O_NONBLOCK);
    OutputFile file(path, packing);
    file.write("text");
    ::close(reader);
    EXPECT_THROW(file.commit(), ClosedPipe);
  }
  std::signal(SIGPIPE, old_handler);
}

TEST(OutputFile, WritesToStandardOutputAndLeavesItOpen) {
  const Folder folder;
  const int saved = ::dup(STDOUT_FILENO), target = ::open((folder / "out").c_str(), O_WRONLY | O_CREAT, 0600);
  std::fflush(stdout);
  ::dup2(target, STDOUT_FILENO);
  for (const char* name : {"-", ""}) {
    OutputFile file(name, Packing::plain);
    file.write("text\n");
    file.commit();
  }
  ::dup2(saved, STDOUT_FILENO);
  ::close(saved);
  ::close(target);
  EXPECT_EQ(file_bytes(folder / "out"), "text\ntext\n");
}

TEST(OutputFile, SaysThatTheDiskIsFull) {
  for (const Packing packing : {Packing::plain, Packing::bgzip}) {
    const Error late = error_of([&] {
      OutputFile file("/dev/full", packing);
      file.write("text");
      file.commit();
    });
    EXPECT_TRUE(holds(late.what_failed, "No space left")) << late.what_failed;
    EXPECT_EQ(late.where, "/dev/full");
    EXPECT_TRUE(holds(late.hint, "room"));
    const Error early = error_of([&] {
      OutputFile file("/dev/full", packing);
      for (int i = 0; i < 100; ++i) file.write(lines(10000));
    });
    EXPECT_TRUE(holds(early.what_failed, "No space left")) << early.what_failed;
  }
}

TEST(OutputFile, SaysWhichFolderIsMissing) {
  const Folder folder;
  const Error error = error_of([&] { OutputFile(folder / "none/x.bed", Packing::plain); });
  EXPECT_EQ(error.where, folder / "none/x.bed");
  EXPECT_TRUE(holds(error.what_failed, "No such file or directory"));
  EXPECT_TRUE(holds(error.hint, "mkdir -p '" + (folder / "none") + "'"));
  folder.write("file", "");
  EXPECT_TRUE(holds(error_of([&] { OutputFile(folder / "file/x.bed", Packing::plain); }).hint, "is no folder"));
  EXPECT_TRUE(holds(error_of([&] { OutputFile(folder / "", Packing::plain); }).hint, "it is a folder"));
}

TEST(OutputFile, SaysWhereOneMayNotWrite) {
  const Folder folder;
  fs::create_directory(folder / "locked");
  folder.write("locked/kept.bed", "kept");
  folder.write("protected.bed", "kept");
  fs::permissions(folder / "locked", fs::perms(0555));
  fs::permissions(folder / "protected.bed", fs::perms(0444));
  fs::permissions(folder / "", fs::perms(0777));
  for (const char* name : {"locked/x.bed", "locked/kept.bed", "protected.bed"}) {
    Error error("", "", "");
    {
      const AsNobody nobody;
      error = error_of([&] { OutputFile(folder / name, Packing::bgzip); });
    }
    EXPECT_TRUE(holds(error.what_failed, "Permission denied")) << name << ": " << error.what_failed;
    EXPECT_TRUE(holds(error.hint, "may write to"));
  }
  EXPECT_EQ(file_bytes(folder / "protected.bed"), "kept");
  EXPECT_EQ(folder.names(), (Names{"locked", "protected.bed"}));
  fs::permissions(folder / "locked", fs::perms(0755));
}

}  // namespace
}  // namespace iresweep::test
