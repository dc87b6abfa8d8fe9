// A plain, gzip or bgzip file opened through HTSlib, closed with its handle.
#pragma once
#include <cstdint>
#include <memory>
#include <string>

struct BGZF;

namespace iresweep {

struct CloseBgzf {
  void operator()(BGZF* file) const;
};
using BgzfFile = std::unique_ptr<BGZF, CloseBgzf>;

/// Opens `path` ("-" is standard input) for reading; nothing is ever fetched from a network. HTSlib keeps silent from
/// then on: what it finds ends in our errors. Throws Error.
BgzfFile open_bgzf(const std::string& path);

/// What the bytes of a file are packed with.
enum class Compression { none, gzip, bgzip };
Compression compression(const BgzfFile& file);

/// Whether a file can be opened at all; throws Error when it is missing, unreadable or a directory. "-" always can.
/// Returns its size as stored, 0 when that is unknown (a pipe).
std::uint64_t check_readable(const std::string& path);

/// How messages call a file: its path, or "standard input" for "-".
std::string display_name(const std::string& path);

}  // namespace iresweep
