#include "host/scan/best_row.h"

#include <utility>

#include "host/scan/best_window.h"

namespace iresweep {
namespace {

Candidate candidate(const Hit& hit) {
  return Candidate({hit.best_codes.data(), {hit.best_start, hit.best_end, std::uint16_t(hit.missing)}, hit.logit});
}

}  // namespace

bool is_better(const Hit& a, const Hit& b, const Arbiter& arbiter) {
  const bool first = std::pair(a.record->index, a.start) < std::pair(b.record->index, b.start);
  Candidate one = candidate(a), other = candidate(b);
  return first ? !beats(other, one, arbiter) : beats(one, other, arbiter);
}

}  // namespace iresweep
