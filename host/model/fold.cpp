#include "host/model/fold.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

#include "host/model/fold_norm.h"
#include "iresweep/error.h"

namespace iresweep {
namespace {

constexpr double kSigmoidUnit = std::numbers::log2e / kLog2Scale;
constexpr double kTanhUnit = 2 * std::numbers::log2e / kLog2Scale;

// Beyond 2^25 a sigmoid or tanh in float does not change any more.
constexpr double kSaturation = 25.0 / kLog2Scale;
// A step of the recurrence multiplies two exponentials with a few small numbers; the product must stay below 2^127.
constexpr double kProductRange = 116.0 / kLog2Scale;

// Block 1 of one position from the bases around it.
class Block1 {
 public:
  using First = std::array<double, 32>;
  using Output = std::array<double, 32>;

  explicit Block1(const ResidualBlock<4, 16>& block)
      : shortcut_(block.shortcut),
        second_k2_(fold_norm(block.second_k2, block.second_k2_norm)),
        second_k3_(fold_norm(block.second_k3, block.second_k3_norm)) {
    const auto k2 = fold_norm(block.first_k2, block.first_k2_norm);
    const auto k3 = fold_norm(block.first_k3, block.first_k3_norm);
    for (int mer = 0; mer < 125; ++mer) {
      const int bases[3] = {mer / 25, mer / 5 % 5, mer % 5};
      for (int out = 0; out < 16; ++out) {
        double a = k2.bias[out], b = k3.bias[out];
        for (int tap = 0; tap < 3; ++tap) {
          if (bases[tap] == kMissing) continue;
          if (tap > 0) a += k2.kernel[tap - 1][bases[tap]][out];
          b += k3.kernel[tap][bases[tap]][out];
        }
        first_[mer][out] = std::max(a, 0.0);
        first_[mer][16 + out] = std::max(b, 0.0);
      }
    }
  }

  /// Its first layer, from the 3-mer around a position.
  const First& first(int mer) const { return first_[mer]; }

  /// Its output, from the first layer at the position before, at it and after it; null outside the window.
  Output output(int base, const First* before, const First& centre, const First* after) const {
    Output y;
    const First* taps[3] = {before, &centre, after};
    for (int out = 0; out < 16; ++out) {
      double a = second_k2_.bias[out], b = second_k3_.bias[out];
      for (int tap = 0; tap < 3; ++tap) {
        if (!taps[tap]) continue;
        for (int in = 0; in < 32; ++in) {
          if (tap > 0) a += (*taps[tap])[in] * second_k2_.kernel[tap - 1][in][out];
          b += (*taps[tap])[in] * second_k3_.kernel[tap][in][out];
        }
      }
      y[out] = std::max(a, 0.0);
      y[16 + out] = std::max(b, 0.0);
    }
    for (int out = 0; out < 32; ++out) {
      double sum = shortcut_.bias[out];
      if (base != kMissing) sum += double(shortcut_.kernel[0][base][out]);
      y[out] = std::max(y[out] + sum, 0.0);
    }
    return y;
  }

 private:
  std::array<First, 125> first_;
  const Conv<1, 4, 32>& shortcut_;
  FoldedConv<2, 32, 16> second_k2_;
  FoldedConv<3, 32, 16> second_k3_;
};

// The products of block 1's output with block 2's first taps and shortcut.
class RowMaker {
 public:
  explicit RowMaker(const ResidualBlock<32, 8>& block)
      : k2_(fold_norm(block.first_k2, block.first_k2_norm)),
        k3_(fold_norm(block.first_k3, block.first_k3_norm)),
        shortcut_(block.shortcut) {}

  void inside(const Block1::Output& x, float* row) const {
    for (int out = 0; out < 8; ++out) {
      row[Row::k2_before + out] = float(product(x, k2_.kernel[0], out) + k2_.bias[out]);
      row[Row::k2_after + out] = float(product(x, k2_.kernel[1], out));
      row[Row::k3_before + out] = float(product(x, k3_.kernel[0], out));
      row[Row::k3_centre + out] = float(product(x, k3_.kernel[1], out) + k3_.bias[out]);
      row[Row::k3_after + out] = float(product(x, k3_.kernel[2], out));
    }
    for (int out = 0; out < 16; ++out) {
      double sum = shortcut_.bias[out];
      for (int in = 0; in < 32; ++in) sum += x[in] * double(shortcut_.kernel[0][in][out]);
      row[Row::shortcut + out] = float(sum);
    }
  }

  // Nothing but the bias of k2, whose taps are both beside the position.
  void outside(float* row) const {
    std::fill_n(row, Row::floats, 0.0f);
    for (int out = 0; out < 8; ++out) row[Row::k2_before + out] = float(k2_.bias[out]);
  }

 private:
  static double product(const Block1::Output& x, const double (&tap)[32][8], int out) {
    double sum = 0;
    for (int in = 0; in < 32; ++in) sum += x[in] * tap[in][out];
    return sum;
  }

  FoldedConv<2, 32, 8> k2_;
  FoldedConv<3, 32, 8> k3_;
  const Conv<1, 32, 16>& shortcut_;
};

void fold_rows(const Network& network, Folded& folded) {
  const Block1 block1(network.block1);
  const RowMaker maker(network.block2);
  folded.rows.resize(std::size_t(RowNumber::count) * Row::floats);
  const auto row = [&](int number) { return folded.rows.data() + std::size_t(number) * Row::floats; };
  for (int mer = 0; mer < RowNumber::first_position; ++mer)
    maker.inside(
        block1.output(mer / 25 % 5, &block1.first(mer / 25), block1.first(mer / 5 % 125), &block1.first(mer % 125)),
        row(mer));
  for (int mer = 0; mer < 125; ++mer) {
    const auto &left_end = block1.first(kMissing * 25 + mer / 5), &right_end = block1.first(mer % 25 * 5 + kMissing);
    maker.inside(block1.output(mer / 25, nullptr, left_end, &block1.first(mer)), row(RowNumber::first_position + mer));
    maker.inside(block1.output(mer % 5, &block1.first(mer), right_end, nullptr), row(RowNumber::last_position + mer));
  }
  maker.outside(row(RowNumber::outside));
}

template <int Taps>
void fold_second(const Conv<Taps, kFirst, 8>& conv, const BatchNorm<8>& norm, float (&kernel)[Taps][kFirst][8],
                 float (&bias)[8]) {
  const auto exact = fold_norm(conv, norm);
  for (int tap = 0; tap < Taps; ++tap)
    for (int in = 0; in < kFirst; ++in)
      for (int out = 0; out < 8; ++out) kernel[tap][in][out] = float(exact.kernel[tap][in][out]);
  for (int out = 0; out < 8; ++out) bias[out] = float(exact.bias[out]);
}

double gate_unit(int gate) { return gate < 2 * kUnits ? kSigmoidUnit : kTanhUnit; }

// The most that the recurrence can add to a gate, |h| being below 1.
double recurrent_bound(const Gru& gru, int gate) {
  double bound = gate < 2 * kUnits ? 0 : std::abs(double(gru.recurrent_bias[gate]));
  for (const auto& row : gru.recurrent) bound += std::abs(double(row[gate]));
  return bound * gate_unit(gate);
}

void fold_gru(const Gru& gru, int direction, Folded& folded) {
  const int first = direction * kGateSet;
  for (int gate = 0; gate < kGateSet; ++gate) {
    const double unit = gate_unit(gate);
    const bool candidate = gate >= 2 * kUnits;
    for (int in = 0; in < kFeatures; ++in)
      folded.projection[in][first + gate] = float(double(gru.kernel[in][gate]) * unit);
    for (int from = 0; from < kUnits; ++from)
      folded.gru[direction].recurrent[from][gate] = float(double(gru.recurrent[from][gate]) * unit);
    const double recurrent_bias = gru.recurrent_bias[gate];
    if (candidate) folded.gru[direction].candidate_bias[gate - 2 * kUnits] = float(recurrent_bias * unit);
    folded.projection_bias[first + gate] =
        float((double(gru.input_bias[gate]) + (candidate ? 0 : recurrent_bias)) * unit);
    folded.gate_limit[first + gate] = float(kSaturation + recurrent_bound(gru, gate));
  }
}

void require(bool within, const char* what) {
  if (!within)
    throw Error(std::string("the ") + what + " weights are too large for single precision", "model",
                "train with weight decay, or check that the file holds a DeepIRES model");
}

// A gate's argument is at most its limit plus what the recurrence adds.
void check_gru_range(const Gru& gru) {
  for (int unit = 0; unit < kUnits; ++unit) {
    double reach = 0;
    for (const int gate : {unit, 2 * kUnits + unit}) reach += kSaturation + 2 * recurrent_bound(gru, gate);
    require(reach <= kProductRange, "recurrent");
    require(kSaturation + 2 * recurrent_bound(gru, kUnits + unit) <= kProductRange, "recurrent");
  }
}

void fold_attention(const Attention& attention, Folded& folded) {
  double energy = 0;
  for (int unit = 0; unit < kUnits; ++unit) {
    double reach = std::abs(double(attention.bias[unit]));
    for (int in = 0; in < kContext; ++in) {
      reach += std::abs(double(attention.kernel[in][unit]));
      folded.attention[in][unit] = float(double(attention.kernel[in][unit]) * kTanhUnit);
    }
    folded.attention_bias[unit] = float(double(attention.bias[unit]) * kTanhUnit);
    folded.attention_context[unit] = float(double(attention.context[unit]) * kSigmoidUnit);
    energy += std::abs(double(attention.context[unit])) * kSigmoidUnit;
    require(reach * kTanhUnit <= kProductRange, "attention");
  }
  require(energy <= kProductRange, "attention");
}

void fold_head(const Network& network, Folded& folded) {
  for (int out = 0; out < kHidden; ++out) {
    const double factor = scale(network.hidden_norm, out);
    for (int in = 0; in < kContext; ++in)
      folded.hidden[in][out] = float(double(network.hidden.kernel[in][out]) * factor);
    folded.hidden_bias[out] =
        float((double(network.hidden.bias[out]) - double(network.hidden_norm.mean[out])) * factor +
              double(network.hidden_norm.beta[out]));
    folded.output[out] = network.output.kernel[out][0];
  }
  folded.output_bias = network.output.bias[0];
}

void check_values(const Network& network) {
  for (const auto& tensor : tensors(network)) {
    const bool variance = tensor.name.ends_with(".variance");
    for (const float value : tensor.values)
      if (!std::isfinite(value) || (variance && value < 0))
        throw Error("a weight is not a finite number or a variance is negative", "model, tensor " + tensor.name,
                    "training diverged or the file is damaged: use another model file");
  }
}

}  // namespace

Folded fold(const Network& network) {
  check_values(network);
  check_gru_range(network.forward);
  check_gru_range(network.backward);
  Folded folded{};
  fold_rows(network, folded);
  fold_second(network.block2.second_k2, network.block2.second_k2_norm, folded.second_k2, folded.second_k2_bias);
  fold_second(network.block2.second_k3, network.block2.second_k3_norm, folded.second_k3, folded.second_k3_bias);
  fold_gru(network.forward, 0, folded);
  fold_gru(network.backward, 1, folded);
  fold_attention(network.attention, folded);
  fold_head(network, folded);
  return folded;
}

}  // namespace iresweep
