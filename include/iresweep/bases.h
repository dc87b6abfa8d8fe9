// Base codes and the window: the alphabet of everything after the input.
#pragma once
#include <cstdint>

namespace iresweep {

/// One base: A 0, C 1, G 2, T and U 3; a missing base (N, any other IUPAC letter, padding) 4.
using BaseCode = std::uint8_t;
inline constexpr BaseCode kMissing = 4;
inline constexpr int kBaseCodes = 5;

/// Bases in a window, and the step between windows that the network was published with.
inline constexpr int kWindow = 174;
inline constexpr int kPublishedStep = 50;

/// A<->T, C<->G; a missing base stays missing.
constexpr BaseCode complement(BaseCode base) { return base == kMissing ? kMissing : BaseCode(3 - base); }

enum class Strand : char { plus = '+', minus = '-' };

}  // namespace iresweep
