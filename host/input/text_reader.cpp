#include "host/input/text_reader.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <htslib/bgzf.h>
#include <htslib/hfile.h>
#include <htslib/hts_log.h>
#include <sys/stat.h>
#include <unistd.h>
#include <xxhash.h>

#include <cerrno>
#include <system_error>

#include "iresweep/error.h"

namespace iresweep {
namespace {

constexpr std::size_t kBlock = 128 * 1024;
constexpr int kBgzip = 2;  // as bgzf_compression() counts

std::string system_message(int error) { return std::generic_category().message(error); }

[[noreturn]] void fail_opening(const std::string& name, int error) {
  const char* hint = error == ENOENT   ? "check the spelling of the path"
                     : error == EACCES ? "check the permissions of the file and of the folders above it"
                     : error == EISDIR ? "name the files in it"
                                       : "";
  throw Error(fmt::format("cannot open the file: {}", system_message(error)), name, hint);
}

// By descriptor and not by name: HTSlib would take a name such as "http://..." or "data:..." for an address.
int open_descriptor(const std::string& path) {
  const int descriptor = path == "-" ? dup(STDIN_FILENO) : open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (descriptor < 0) fail_opening(display_name(path), errno);
  return descriptor;
}

}  // namespace

std::string display_name(const std::string& path) { return path == "-" ? "standard input" : path; }

std::uint64_t check_readable(const std::string& path) {
  struct stat facts {};
  if (path == "-") return fstat(STDIN_FILENO, &facts) == 0 && S_ISREG(facts.st_mode) ? std::uint64_t(facts.st_size) : 0;
  if (stat(path.c_str(), &facts) != 0) fail_opening(path, errno);
  if (S_ISDIR(facts.st_mode)) fail_opening(path, EISDIR);
  if (access(path.c_str(), R_OK) != 0) fail_opening(path, errno);
  return S_ISREG(facts.st_mode) ? std::uint64_t(facts.st_size) : 0;
}

void TextReader::CloseFile::operator()(BGZF* file) const { bgzf_close(file); }
void TextReader::FreeState::operator()(XXH3_state_s* state) const { XXH3_freeState(state); }

TextReader::TextReader(const std::string& path, int threads)
    : name_(display_name(path)), file_size_(check_readable(path)), hash_(XXH3_createState()), block_(kBlock) {
  hts_set_log_level(HTS_LOG_OFF);  // what HTSlib finds ends in our errors, not on standard error
  XXH3_128bits_reset(hash_.get());
  const int descriptor = open_descriptor(path);
  hFILE* stream = hdopen(descriptor, "r");
  if (!stream) {
    const int error = errno;
    close(descriptor);
    fail_opening(name_, error);
  }
  errno = 0;
  file_.reset(bgzf_hopen(stream, "r"));
  if (!file_) {
    const int error = errno;
    hclose_abruptly(stream);
    throw Error(fmt::format("cannot read the file: {}", system_message(error)), name_, "");
  }
  if (threads > 1 && bgzf_compression(file_.get()) == kBgzip && bgzf_mt(file_.get(), threads, 256) != 0)
    throw Error("cannot start the threads that decompress", name_, "give fewer threads");
}

std::string_view TextReader::next_block() {
  errno = 0;
  const ssize_t count = bgzf_read(file_.get(), block_.data(), block_.size());
  // With threads a cut file ends like a good one, with errcode alone set.
  if (count < 0 || file_->errcode != 0) fail_reading(errno);
  if (count == 0 && file_->no_eof_block)
    throw Error("the bgzip data end without their end mark: the file is probably cut short", name_,
                "copy the file again; or, if it is known to be whole, recompress it with `bgzip -dc FILE | bgzip`");
  XXH3_128bits_update(hash_.get(), block_.data(), std::size_t(count));
  bytes_ += std::uint64_t(count);
  return {block_.data(), std::size_t(count)};
}

void TextReader::fail_reading(int system_error) const {
  if (bgzf_compression(file_.get()) == 0 || system_error != 0)
    throw Error(fmt::format("reading failed: {}", system_message(system_error != 0 ? system_error : EIO)), name_, "");
  const unsigned faults = file_->errcode;
  const bool cut = (faults & BGZF_ERR_IO) != 0 && (faults & BGZF_ERR_HEADER) == 0;
  // HTSlib's threads say no more than that they cannot go on.
  const bool unclear = file_->mt && (faults & BGZF_ERR_ZLIB) == 0;
  throw Error(unclear ? "the bgzip data cannot be read to their end: they are cut short, or not bgzip throughout"
              : cut   ? "the compressed data break off: the file is cut short"
                      : "the compressed data are damaged, or something else follows them",
              name_, "copy the file again; `gzip -t FILE` checks a copy");
}

std::uint64_t TextReader::file_read() const { return std::uint64_t(file_->block_address); }

std::string TextReader::checksum() const {
  const XXH128_hash_t hash = XXH3_128bits_digest(hash_.get());
  return fmt::format("{:016x}{:016x}", hash.high64, hash.low64);
}

}  // namespace iresweep
