#include "tests/support/seeded_network.h"

#include <cmath>

namespace iresweep::test {

std::uint64_t Random::bits() {
  std::uint64_t x = state_ += 0x9e3779b97f4a7c15u;
  x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9u;
  x = (x ^ (x >> 27)) * 0x94d049bb133111ebu;
  return x ^ (x >> 31);
}

double Random::uniform(double low, double high) { return low + (high - low) * (double(bits() >> 11) * 0x1p-53); }

int Random::below(int end) { return int(bits() % std::uint64_t(end)); }

namespace {

// Weights of the size that keeps a signal's variance leave scores within 0.02 of each other: attention averages over
// 174 positions, and averages of random sequences are alike. Larger weights make gates switch, attention choose, and
// the head amplify what is left; still larger ones would make the recurrence chaotic.
double gain(const std::string& tensor) {
  if (tensor == "attention.context") return 8;
  return tensor == "hidden.kernel" ? 4 : 2;
}

}  // namespace

Network seeded_network(std::uint64_t seed) {
  Random random(seed);
  Network network;
  for (auto& tensor : tensors(network)) {
    const bool variance = tensor.name.ends_with(".variance"), gamma = tensor.name.ends_with(".gamma");
    std::size_t fan_in = 1;
    for (std::size_t axis = 0; axis + 1 < tensor.shape.size(); ++axis) fan_in *= tensor.shape[axis];
    double reach = tensor.shape.size() > 1 ? std::sqrt(3.0 / double(fan_in)) : 0.3;
    if (tensor.shape.size() > 1 || tensor.name == "attention.context") reach *= gain(tensor.name);
    for (float& value : tensor.values)
      value = float(variance || gamma ? random.uniform(0.5, 1.5) : random.uniform(-reach, reach));
  }
  return network;
}

std::vector<BaseCode> random_codes(Random& random, int length, double missing_share) {
  std::vector<BaseCode> codes(std::size_t(length), kMissing);
  for (BaseCode& code : codes)
    if (random.uniform(0, 1) >= missing_share) code = BaseCode(random.below(4));
  return codes;
}

}  // namespace iresweep::test
