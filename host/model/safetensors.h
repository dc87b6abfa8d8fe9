// The safetensors container: 8 bytes of header length, a JSON header, then the tensors' bytes without gaps.
//
// Only the form of the file is dealt with here; what the tensors mean is model_file.cpp's.
#pragma once
#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace iresweep {

struct Safetensor {
  std::string type;  ///< "F32", "F64"
  std::vector<std::uint64_t> shape;
  std::string_view bytes;  ///< row-major, little-endian; points into the file's content or the writer's arrays
};

struct Safetensors {
  std::map<std::string, std::string> metadata;
  std::map<std::string, Safetensor> tensors;
};

/// Reads the container whose whole content is `file`. Every size and offset is checked before use: tensors tile the
/// data exactly, and sizes fit shapes. A checksum in the metadata (ours has one, the format does not ask for it) is
/// verified and taken out. Throws Error, naming `path`.
Safetensors read_safetensors(std::string_view file, const std::string& path);

/// The content of a file with these tensors, those of 8-byte numbers first so that all are aligned, and a checksum of
/// header and data among the metadata.
std::string write_safetensors(const Safetensors& content);

}  // namespace iresweep
