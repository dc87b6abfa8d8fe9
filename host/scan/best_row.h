// Which of two rows of one place has the better window, the same for every engine.
#pragma once
#include "host/scan/arbiter.h"
#include "host/scan/hit.h"

namespace iresweep {

/// Whether the best window of `a` scores above that of `b`; of equal scores, whether `a` came first: by record, then
/// start. Asks the oracle where the engine leaves that open.
bool is_better(const Hit& a, const Hit& b, const Arbiter& arbiter);

}  // namespace iresweep
