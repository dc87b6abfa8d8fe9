// The wire format of protocol buffers, read only: three small messages do not warrant the protobuf library, its
// compiler and its run-time dependency in the scanner.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "host/model/byte_reader.h"

namespace iresweep {

struct ProtobufField {
  std::uint64_t number = 0;
  std::uint64_t value = 0;  ///< of a varint, fixed32 or fixed64 field
  std::string_view bytes;   ///< of a length-delimited field
  enum class Kind { varint = 0, fixed64 = 1, bytes = 2, fixed32 = 5 } kind = Kind::varint;
};

/// Walks the fields of one message in order.
class ProtobufReader {
 public:
  ProtobufReader(std::string_view message, std::string place) : reader_(message, std::move(place)) {}

  /// The next field, or nothing at the end. Throws Error for anything malformed.
  std::optional<ProtobufField> next();

 private:
  ByteReader reader_;
};

}  // namespace iresweep
