#include "host/calibrate/euler_shuffle.h"

#include <array>
#include <cstdint>

namespace iresweep {
namespace {

constexpr int kBases = 4;

/// For each base the one that follows it at its last occurrence.
using Exits = std::array<BaseCode, kBases>;

struct Dinucleotides {
  std::array<std::array<std::uint32_t, kBases>, kBases> count{};
  std::array<std::uint32_t, kBases> from{};  ///< how often a base is followed by any
};

Dinucleotides count_dinucleotides(std::span<const BaseCode> codes) {
  Dinucleotides found;
  for (std::size_t i = 0; i + 1 < codes.size(); ++i) {
    ++found.count[codes[i]][codes[i + 1]];
    ++found.from[codes[i]];
  }
  return found;
}

/// Whether the exits lead from every base that occurs to the sequence's last one.
bool lead_home(const Exits& exits, const Dinucleotides& edges, BaseCode last) {
  for (BaseCode base = 0; base < kBases; ++base) {
    if (edges.from[base] == 0) continue;
    BaseCode at = base;
    for (int step = 0; step < kBases && at != last; ++step) at = exits[at];
    if (at != last) return false;
  }
  return true;
}

/// How many choices of edges these exits stand for; 0 when no walk over all edges has them.
std::uint64_t weight_of(const Exits& exits, const Dinucleotides& edges, BaseCode last) {
  std::uint64_t weight = 1;
  for (BaseCode base = 0; base < kBases; ++base) {
    const bool free = base == last || edges.from[base] == 0;
    if (free && exits[base] != 0) return 0;  // one choice stands for all that would do the same
    if (!free) weight *= edges.count[base][exits[base]];
  }
  return weight > 0 && lead_home(exits, edges, last) ? weight : 0;
}

// The walk can be finished exactly when the last edges out of all bases but the last one form a tree that leads there.
// With four bases all trees can be weighed, so that one draw does: drawing edges until they form a tree may take
// for ever when a base is nearly always followed by itself.
Exits draw_exits(const Dinucleotides& edges, BaseCode last, Random& random) {
  constexpr int kChoices = kBases * kBases * kBases * kBases;
  const auto choice = [](int i) {
    return Exits{BaseCode(i % 4), BaseCode(i / 4 % 4), BaseCode(i / 16 % 4), BaseCode(i / 64)};
  };
  std::array<std::uint64_t, kChoices> weights{};
  std::uint64_t sum = 0;
  for (int i = 0; i < kChoices; ++i) sum += weights[std::size_t(i)] = weight_of(choice(i), edges, last);
  std::uint64_t draw = random.below_large(sum);
  for (int i = 0;; ++i) {
    if (draw < weights[std::size_t(i)]) return choice(i);
    draw -= weights[std::size_t(i)];
  }
}

}  // namespace

void shuffle_dinucleotides(std::span<BaseCode> codes, Random& random) {
  if (codes.size() < 2) return;
  Dinucleotides left = count_dinucleotides(codes);
  const BaseCode last = codes.back();
  const Exits exits = draw_exits(left, last, random);
  for (BaseCode base = 0; base < kBases; ++base) {
    if (base == last || left.from[base] == 0) continue;
    --left.count[base][exits[base]];
    --left.from[base];
  }
  // All other edges out of a base come in random order: drawing without replacement from their counts.
  BaseCode at = codes[0];
  for (std::size_t i = 1; i < codes.size(); ++i) {
    if (left.from[at] == 0) {
      codes[i] = at = exits[at];
      continue;
    }
    auto& counts = left.count[at];
    std::uint32_t draw = random.below(left.from[at]--);
    BaseCode next = 0;
    while (draw >= counts[next]) draw -= counts[next++];
    --counts[next];
    codes[i] = at = next;
  }
}

}  // namespace iresweep
