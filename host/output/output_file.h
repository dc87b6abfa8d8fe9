// A file that appears under its name only when it is complete.
#pragma once
#include <cstddef>
#include <string>
#include <string_view>

#include "iresweep/error.h"

namespace iresweep {

/// The reader of the output went away (`| head`). Only seen where SIGPIPE is ignored.
struct ClosedPipe : Error {
  using Error::Error;
};

/// Writes to a temporary name in the same folder, which commit() renames and the destructor otherwise removes. A
/// symbolic link is followed: the file that it points to is replaced. What is no regular file (standard output,
/// a device, a FIFO) is written to directly.
///
/// Every fault is an Error that names the file and how to mend it.
class OutputFile {
 public:
  enum class Packing { plain, bgzip };

  /// `path` "-" or "" is standard output.
  OutputFile(std::string path, Packing packing);
  ~OutputFile();
  OutputFile(const OutputFile&) = delete;
  OutputFile& operator=(const OutputFile&) = delete;

  /// The bytes of the file depend on the text alone, not on how it is cut into calls.
  void write(std::string_view text);

  /// Writes out everything, on to the disk, and closes the file, still under its temporary name. commit() does it where
  /// it is not done.
  void close();
  void commit();

  const std::string& path() const { return path_; }
  /// Where the bytes are until commit(); the place itself when written directly.
  const std::string& written_path() const { return written_path_; }
  /// False for standard output, devices and the like.
  bool renames() const { return renames_; }

 private:
  void open_beside();
  void put_blocks(bool all);
  void put(std::string_view bytes);
  [[noreturn]] void fail(const char* action, int error) const;

  std::string path_;          ///< as named by the user, for messages
  std::string target_;        ///< links resolved
  std::string written_path_;  ///< the temporary name
  bool renames_ = false;
  int descriptor_ = -1;
  const Packing packing_;
  std::string buffer_;  ///< text not yet written
};

/// Whether a path is written to directly: standard output ("-" or ""), and what exists and is no regular file.
bool written_directly(const std::string& path);

/// Removes what killed runs have left of `path` under temporary names. For who knows that nobody else is writing it.
void remove_leftovers(const std::string& path);

/// The file that a path leads to through symbolic links; it need not exist.
std::string follow_links(const std::string& path);

/// Has what HTSlib wrote by name on the disk; false, with errno set, when it cannot.
bool sync_to_disk(const std::string& path);

/// The Error of a failed action on an output file: errno's text, and how to mend it.
[[noreturn]] void throw_output_error(const std::string& path, const char* action, int error);

}  // namespace iresweep
