// How a journal lies on the disk.
//
//   kJournalMagic, then frames: a head and its payload. The first frame holds the facts of the run, each of the others
//   the logits of consecutive windows of one strand.
//
// A frame is whole or it does not count: its checksum tells. A process that is killed while it writes, or a machine
// that loses what was not on the disk yet, leaves a journal that ends a little earlier.
#pragma once
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>

#include "host/journal/run_facts.h"

namespace iresweep {

inline constexpr std::string_view kJournalMagic = "iresweep journal 2\n";

enum class FrameKind : std::uint32_t { facts = 1, plus = 2, minus = 3 };

struct FrameHead {
  std::uint64_t checksum = 0;  ///< XXH3-64 of the rest of the head and the payload
  FrameKind kind = FrameKind::facts;
  std::uint32_t reserved = 0;
  std::uint64_t bytes = 0;   ///< of the payload
  std::uint64_t first = 0;   ///< number of the first window
  std::uint64_t digest = 0;  ///< of the windows' codes and records, see chain_digest()
};
static_assert(std::is_trivially_copyable_v<FrameHead> && sizeof(FrameHead) == 40, "written as it lies in memory");

/// Head and payload, as they are appended; `head` without its checksum and the size of the payload.
std::string packed_frame(FrameHead head, std::span<const std::byte> payload);

/// What head.checksum must be.
std::uint64_t frame_checksum(const FrameHead& head, std::span<const std::byte> payload);

std::string packed_facts(const RunFacts& facts);
/// Nothing when the bytes are no facts.
std::optional<RunFacts> unpacked_facts(std::string_view bytes);

}  // namespace iresweep
