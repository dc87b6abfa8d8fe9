#include "host/train/sampler.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "iresweep/error.h"

namespace iresweep::train {

std::uint64_t Random::bits() {
  std::uint64_t x = state_ += 0x9e3779b97f4a7c15u;
  x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9u;
  x = (x ^ (x >> 27)) * 0x94d049bb133111ebu;
  return x ^ (x >> 31);
}

// The bias of the remainder is below 2^-40 for any table.
std::size_t Random::below(std::size_t end) { return std::size_t(bits() % end); }

std::uint64_t derived_seed(std::uint64_t seed, std::uint64_t purpose, std::uint64_t number) {
  const std::uint64_t first = Random(seed).bits(), second = Random(first ^ purpose).bits();
  return Random(second ^ number).bits();
}

Sampler::Sampler(const std::vector<Row>& rows, const std::vector<std::uint32_t>& training,
                 const std::map<std::string, double>& mix, int batch, std::uint64_t seed)
    : seed_(seed) {
  if (mix.empty()) {
    parts_.push_back({training, {}, std::size_t(batch)});
    return;
  }
  double total = 0, filled = 0;
  for (const auto& [name, share] : mix) total += share;
  if (!(std::abs(total - 1) < 1e-6)) throw Error("the shares of --mix don't add up to 1", "", "mend the shares");
  for (const auto& [name, share] : mix) {
    Part part;
    for (const std::uint32_t i : training)
      if (rows[i].part == name) part.rows.push_back(i);
    if (part.rows.empty()) throw Error("no row to train on is in part '" + name + "'", "", "mend --mix or the table");
    const double before = std::round(filled * batch);
    filled += share;
    part.count = std::size_t(std::round(filled * batch) - before);
    parts_.push_back(std::move(part));
  }
}

// Row `number` of the endless sequence of shuffled passes over a part.
std::uint32_t Sampler::draw(std::size_t index, std::uint64_t number) {
  Part& part = parts_[index];
  if (const std::uint64_t pass = number / part.rows.size(); pass != part.pass) {
    part.pass = pass;
    part.shuffled = part.rows;
    Random random(derived_seed(seed_, 16 + index, pass));
    for (std::size_t i = part.shuffled.size(); i > 1; --i)
      std::swap(part.shuffled[i - 1], part.shuffled[random.below(i)]);
  }
  return part.shuffled[number % part.rows.size()];
}

std::vector<std::uint32_t> Sampler::batch(std::uint64_t step) {
  std::vector<std::uint32_t> chosen;
  for (std::size_t p = 0; p < parts_.size(); ++p)
    for (std::size_t i = 0; i < parts_[p].count; ++i) chosen.push_back(draw(p, step * parts_[p].count + i));
  return chosen;
}

}  // namespace iresweep::train
