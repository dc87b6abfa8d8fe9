#include "host/model/file_bytes.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <utility>

#include "iresweep/error.h"

namespace iresweep {
namespace {

[[noreturn]] void fail(const std::string& action, const std::string& path) {
  const std::string reason = std::strerror(errno);
  throw Error(fmt::format("cannot {}: {}", action, reason), path, "check the path, its permissions and the free space");
}

class File {
 public:
  explicit File(int descriptor) : descriptor_(descriptor) {}
  ~File() {
    if (descriptor_ >= 0) ::close(descriptor_);
  }
  File(const File&) = delete;
  File& operator=(const File&) = delete;

  int get() const { return descriptor_; }
  bool opened() const { return descriptor_ >= 0; }
  /// Some file systems report a failed write only here.
  bool close() { return ::close(std::exchange(descriptor_, -1)) == 0; }

 private:
  int descriptor_;
};

// Removes an unfinished file when its writer leaves by an exception.
struct Unfinished {
  std::string path;
  ~Unfinished() {
    if (!path.empty()) ::unlink(path.c_str());
  }
};

std::size_t size_of(const File& file, const std::string& path) {
  struct stat facts {};
  if (::fstat(file.get(), &facts) != 0) fail("examine the file", path);
  if (S_ISDIR(facts.st_mode))
    throw Error("this is a folder, not a model", path,
                "give a *.safetensors file, or the prefix of a TensorFlow checkpoint in this folder");
  if (!S_ISREG(facts.st_mode))
    throw Error("this is not a regular file", path, "copy the model to a file and give that");
  const auto size = std::size_t(facts.st_size);
  if (size == 0) throw Error("the file is empty", path, "copy it again");
  if (size > kLargestModelFile)
    throw Error(fmt::format("the file has {} bytes; no DeepIRES model is that large", size), path,
                "give a *.safetensors file of iresweep, or the prefix of a DeepIRES checkpoint");
  return size;
}

void write_all(const File& file, std::string_view bytes, const std::string& path) {
  while (!bytes.empty()) {
    const ssize_t written = ::write(file.get(), bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) fail("write the file", path);
    bytes.remove_prefix(std::size_t(written));
  }
}

// The new name itself must survive a crash, too. A file system that cannot sync a folder is no reason to fail: the
// content is already safe.
void sync_folder(const std::string& path) {
  const auto folder = std::filesystem::path(path).parent_path();
  const File file(::open(folder.empty() ? "." : folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (file.opened()) ::fsync(file.get());
}

}  // namespace

std::string read_file(const std::string& path) {
  // Without O_NONBLOCK opening a pipe would wait for a writer; size_of() then refuses it.
  const File file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
  if (!file.opened()) fail("open the file", path);
  std::string bytes(size_of(file, path), '\0');
  std::size_t have = 0;
  while (have < bytes.size()) {
    const ssize_t got = ::read(file.get(), bytes.data() + have, bytes.size() - have);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) fail("read the file", path);
    if (got == 0) throw Error("the file grew shorter while it was read", path, "try again when it is complete");
    have += std::size_t(got);
  }
  return bytes;
}

void replace_file(const std::string& path, std::string_view bytes) {
  const std::string name = fmt::format("{}.{}.partial", path, ::getpid());
  File file(::open(name.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666));
  if (!file.opened()) fail("create the file", path);
  Unfinished unfinished{name};
  write_all(file, bytes, path);
  if (::fsync(file.get()) != 0) fail("bring the file to the disk", path);
  if (!file.close()) fail("finish the file", path);
  if (::rename(name.c_str(), path.c_str()) != 0) fail("rename the finished file", path);
  unfinished.path.clear();
  sync_folder(path);
}

}  // namespace iresweep
