// Small files, whole: how model files are read and written.
#pragma once
#include <cstddef>
#include <string>
#include <string_view>

namespace iresweep {

/// No model file of ours is near this size: a larger file is foreign and not read at all.
inline constexpr std::size_t kLargestModelFile = std::size_t(64) << 20;

/// The whole content of a regular file. Throws Error when it is missing, a folder, empty, unreadable or larger than
/// kLargestModelFile.
std::string read_file(const std::string& path);

/// Writes `bytes` to a temporary name in the same folder, brings it to the disk, then renames it to `path`: whoever
/// looks sees the old file or the whole new one. Throws Error and leaves nothing behind.
void replace_file(const std::string& path, std::string_view bytes);

}  // namespace iresweep
