#include "host/measure/rate.h"

#include <algorithm>

namespace iresweep {

Rate windows_per_second(const std::vector<Repeat>& repeats) {
  std::vector<double> rates;
  for (const Repeat& repeat : repeats) rates.push_back(repeat.windows_per_second());
  std::sort(rates.begin(), rates.end());
  const std::size_t upper = rates.size() / 2, lower = (rates.size() - 1) / 2;
  return {(rates[lower] + rates[upper]) / 2, rates.front(), rates.back()};
}

double megabases_per_second(const std::vector<Repeat>& repeats) {
  double bases = 0, seconds = 0;
  for (const Repeat& repeat : repeats) bases += double(repeat.bases), seconds += repeat.seconds;
  return bases * 1e-6 / seconds;
}

}  // namespace iresweep
