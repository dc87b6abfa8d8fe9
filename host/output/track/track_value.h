// What a track is made of.
#pragma once
#include <compare>
#include <cstdint>

namespace iresweep {

/// A value on a stretch of a contig, 0-based half-open. Positions have the 32 bits that bigWig gives them.
struct TrackValue {
  std::uint32_t contig = 0;  ///< its place in the file
  std::uint32_t start = 0, end = 0;
  float value = 0;
  auto operator<=>(const TrackValue&) const = default;
};

class TrackSink {
 public:
  virtual ~TrackSink() = default;
  virtual void write(const TrackValue& value) = 0;
};

}  // namespace iresweep
