#include "kernels/cuda/weights.h"

#include <algorithm>

namespace iresweep::cuda {
namespace {

// From units of kLog2Scale binary orders to single ones: a power of two, hence exact.
constexpr float kOrders = kLog2Scale;
static_assert((kLog2Scale & (kLog2Scale - 1)) == 0);

void lay_out_lane(const FoldedGru& gru, int lane, GruLane& to) {
  for (int i = 0; i < kUnits; ++i)
    for (int gate = 0; gate < 3; ++gate)
      for (int k = 0; k < kPair; ++k)
        to.recurrent[i][gate * kPair + k] =
            kOrders * gru.recurrent[gathered_unit(lane, i)][gate * kUnits + lane * kPair + k];
  for (int k = 0; k < kPair; ++k) to.candidate_bias[k] = kOrders * gru.candidate_bias[lane * kPair + k];
}

void lay_out_lane(const Folded& folded, int direction, int lane, AttentionLane& to) {
  const int own = direction * kUnits, other = (1 - direction) * kUnits;
  for (int k = 0; k < kPair; ++k) {
    const int unit = lane * kPair + k;
    for (int i = 0; i < kUnits; ++i) {
      to.own[i][k] = kOrders * folded.attention[own + gathered_unit(lane, i)][unit];
      to.other[i][k] = kOrders * folded.attention[other + gathered_unit(lane, i)][unit];
    }
    to.bias[k] = kOrders * folded.attention_bias[unit];
    to.context[k] = kOrders * folded.attention_context[unit];
  }
}

void lay_out(const Folded& folded, Projection& to) {
  for (int direction = 0; direction < 2; ++direction)
    for (int gate = 0; gate < 3; ++gate)
      for (int unit = 0; unit < kUnits; ++unit) {
        const int from = direction * kGateSet + gate * kUnits + unit, column = gate_column(direction, gate, unit);
        for (int in = 0; in < kFeatures; ++in) to.weight[in][column] = kOrders * folded.projection[in][from];
        to.bias[column] = kOrders * folded.projection_bias[from];
        to.limit[column] = kOrders * folded.gate_limit[from];
      }
}

template <class Array>
void copy(const Array& from, Array& to) {
  std::copy(std::begin(from), std::end(from), std::begin(to));
}

template <class Row, std::size_t n>
void copy_rows(const Row (&from)[n], Row (&to)[n]) {
  for (std::size_t i = 0; i < n; ++i) copy(from[i], to[i]);
}

}  // namespace

Weights lay_out(const Folded& folded) {
  Weights weights{std::make_unique<Tables>(), {}};
  std::copy(folded.rows.begin(), folded.rows.end(), &weights.tables->rows[0][0]);
  for (int direction = 0; direction < 2; ++direction)
    for (int lane = 0; lane < kLanes; ++lane) {
      lay_out_lane(folded.gru[direction], lane, weights.tables->gru[direction][lane]);
      lay_out_lane(folded, direction, lane, weights.tables->attention[direction][lane]);
    }
  auto& [second, projection, head] = weights.constants;
  for (int tap = 0; tap < 2; ++tap) copy_rows(folded.second_k2[tap], second.k2[tap]);
  for (int tap = 0; tap < 3; ++tap) copy_rows(folded.second_k3[tap], second.k3[tap]);
  copy(folded.second_k2_bias, second.k2_bias);
  copy(folded.second_k3_bias, second.k3_bias);
  lay_out(folded, projection);
  copy_rows(folded.hidden, head.hidden);
  copy(folded.hidden_bias, head.hidden_bias);
  copy(folded.output, head.output);
  head.output_bias = folded.output_bias;
  return weights;
}

}  // namespace iresweep::cuda
