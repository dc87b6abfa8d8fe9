// Sorted runs become one.
#pragma once
#include <algorithm>
#include <utility>
#include <vector>

namespace iresweep {

/// Passes the values of all runs to `take` by `less`. A Reader gives its run's next value, by value(), and goes on by
/// advance(), false at the end; none is at its end at first.
template <class Reader, class Less, class Take>
void merge_runs(std::vector<Reader> readers, const Less& less, const Take& take) {
  // A heap, the run with the least value first.
  const auto later = [&less](const Reader& a, const Reader& b) { return less(b.value(), a.value()); };
  std::make_heap(readers.begin(), readers.end(), later);
  while (!readers.empty()) {
    std::pop_heap(readers.begin(), readers.end(), later);
    Reader& reader = readers.back();
    bool more = true;
    do {
      take(reader.value());
      more = reader.advance();
    } while (more && (readers.size() == 1 || !later(reader, readers.front())));
    if (more)
      std::push_heap(readers.begin(), readers.end(), later);
    else
      readers.pop_back();
  }
}

}  // namespace iresweep
