#include "host/model/protobuf_reader.h"

namespace iresweep {

std::optional<ProtobufField> ProtobufReader::next() {
  if (reader_.done()) return std::nullopt;
  const std::uint64_t tag = reader_.varint();
  ProtobufField field;
  field.number = tag >> 3;
  field.kind = ProtobufField::Kind(tag & 7);
  switch (field.kind) {
    case ProtobufField::Kind::varint:
      field.value = reader_.varint();
      return field;
    case ProtobufField::Kind::fixed64:
      field.value = reader_.fixed64();
      return field;
    case ProtobufField::Kind::bytes:
      field.bytes = reader_.take(reader_.varint());
      return field;
    case ProtobufField::Kind::fixed32:
      field.value = reader_.fixed32();
      return field;
  }
  damaged("a field of unknown kind", reader_.place());
}

}  // namespace iresweep
