#include "host/input/text_reader.h"

#include <fmt/format.h>
#include <htslib/bgzf.h>
#include <xxhash.h>

#include <cerrno>
#include <system_error>

#include "iresweep/error.h"

namespace iresweep {
namespace {

constexpr std::size_t kBlock = 128 * 1024;

std::string system_message(int error) { return std::generic_category().message(error); }

}  // namespace

void TextReader::FreeState::operator()(XXH3_state_s* state) const { XXH3_freeState(state); }

TextReader::TextReader(const std::string& path, int threads)
    : name_(display_name(path)),
      file_size_(check_readable(path)),
      file_(open_bgzf(path)),
      hash_(XXH3_createState()),
      block_(kBlock) {
  XXH3_128bits_reset(hash_.get());
  if (threads > 1 && compression(file_) == Compression::bgzip && bgzf_mt(file_.get(), threads, 256) != 0)
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
  if (compression(file_) == Compression::none || system_error != 0)
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
