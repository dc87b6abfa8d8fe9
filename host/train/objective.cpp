#include "host/train/objective.h"

#include <torch/torch.h>

#include <algorithm>

namespace iresweep::train {

Objective::Objective(const std::vector<Row>& rows, const std::vector<std::uint32_t>& training,
                     const FitOptions& options)
    : rows_(rows), soft_share_(options.soft_share), soft_clamp_(options.soft_clamp) {
  if (!options.class_weights || options.soft_share >= 1) return;
  std::array<double, 2> total{};
  for (const std::uint32_t i : training)
    if (rows[i].label) total[std::size_t(*rows[i].label)] += rows[i].weight;
  for (int label = 0; label < 2; ++label)
    class_weight_[std::size_t(label)] = (total[0] + total[1]) / (2 * total[std::size_t(label)]);
}

torch::Tensor Objective::loss(const torch::Tensor& logits, const std::vector<std::uint32_t>& chosen) const {
  const auto count = std::int64_t(chosen.size());
  // Rows: label, weight of the label's term, soft label, weight of the soft label's term.
  torch::Tensor known = torch::zeros({4, count});
  auto values = known.accessor<float, 2>();
  double total = 0;
  for (std::int64_t i = 0; i < count; ++i) {
    const Row& row = rows_[chosen[std::size_t(i)]];
    total += row.weight;
    if (row.label) {
      values[0][i] = float(*row.label);
      values[1][i] = float((1 - soft_share_) * row.weight * class_weight_[std::size_t(*row.label)]);
    }
    if (row.soft) {
      values[2][i] = std::clamp(*row.soft, float(-soft_clamp_), float(soft_clamp_));
      values[3][i] = float(soft_share_) * row.weight;
    }
  }
  const torch::Tensor labels = torch::binary_cross_entropy_with_logits(logits, known[0], {}, {}, at::Reduction::None);
  const torch::Tensor soft = (logits - known[2]).square();
  return (labels * known[1] + soft * known[3]).sum() / std::max(total, 1e-12);
}

}  // namespace iresweep::train
