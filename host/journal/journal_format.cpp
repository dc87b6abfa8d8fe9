#include "host/journal/journal_format.h"

#include <xxhash.h>

#include <bit>
#include <cstring>

namespace iresweep {
namespace {

static_assert(std::endian::native == std::endian::little, "written as they lie in memory");

void append_text(std::string& out, std::string_view text) {
  const std::uint64_t size = text.size();
  out.append(reinterpret_cast<const char*>(&size), sizeof size);
  out += text;
}

std::optional<std::string> take_text(std::string_view& bytes) {
  std::uint64_t size = 0;
  if (bytes.size() < sizeof size) return std::nullopt;
  std::memcpy(&size, bytes.data(), sizeof size);
  bytes.remove_prefix(sizeof size);
  if (size > bytes.size()) return std::nullopt;
  std::string text(bytes.substr(0, size));
  bytes.remove_prefix(size);
  return text;
}

}  // namespace

std::uint64_t frame_checksum(const FrameHead& head, std::span<const std::byte> payload) {
  const auto rest = std::as_bytes(std::span(&head, 1)).subspan(sizeof head.checksum);
  return XXH3_64bits_withSeed(payload.data(), payload.size(), XXH3_64bits(rest.data(), rest.size()));
}

std::string packed_frame(FrameHead head, std::span<const std::byte> payload) {
  head.bytes = payload.size();
  head.checksum = frame_checksum(head, payload);
  std::string frame(reinterpret_cast<const char*>(&head), sizeof head);
  return frame.append(reinterpret_cast<const char*>(payload.data()), payload.size());
}

std::string packed_facts(const RunFacts& facts) {
  std::string bytes;
  for (const auto& [what, value] : facts) {
    append_text(bytes, what);
    append_text(bytes, value);
  }
  return bytes;
}

std::optional<RunFacts> unpacked_facts(std::string_view bytes) {
  RunFacts facts;
  while (!bytes.empty()) {
    const auto what = take_text(bytes), value = what ? take_text(bytes) : std::nullopt;
    if (!value) return std::nullopt;
    facts[*what] = *value;
  }
  return facts;
}

}  // namespace iresweep
