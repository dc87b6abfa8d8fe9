// What is printed after every epoch.
#pragma once
#include <optional>
#include <vector>

namespace iresweep::train {

/// host/evaluate's, with every record once; labels are 0 and 1. Absent when a class is missing.
std::optional<double> auroc(const std::vector<double>& scores, const std::vector<int>& labels);

/// Pearson's. Absent for fewer than two values or a constant side.
std::optional<double> correlation(const std::vector<double>& a, const std::vector<double>& b);

struct Spread {
  double mean = 0, deviation = 0;
};
Spread spread_of(const std::vector<double>& values);

}  // namespace iresweep::train
