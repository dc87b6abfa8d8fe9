// The arithmetic that LibTorch does slowly at this network's sizes: small convolutions and the recurrence, forward and
// backward, with the windows of a batch in the lanes of a vector.
//
// Every feature array is [position][channel][window] in float, dense. The number of windows is a multiple of kLanes.
// One body for every instruction set, chosen at run time; one thread; nothing allocated by the caller is kept.
#pragma once
#include <array>

namespace iresweep::train::lanes {

inline constexpr int kLanes = 16;
inline constexpr int kMostTaps = 7;

/// y[t][out] = bias[out] + sum over taps and inputs of x[t + offset[tap]][in] * kernel[tap][in][out]; positions
/// outside the window count as zero. `out` is a multiple of 8. y and dy may be a part of wider rows: `rows` is their
/// number of channels, and their pointers stand at the first of the `out` channels meant.
struct ConvShape {
  int taps, in, out, rows;
  std::array<int, kMostTaps> offset;
};

struct Extent {
  int positions, windows;
};

/// `bias` may be null.
void convolve(const ConvShape& shape, Extent extent, const float* x, const float* kernel, const float* bias, float* y);

/// kernel_gradient[tap][in][out] = sum over positions and windows of x[t + offset[tap]][in] * dy[t][out].
void convolve_kernel_gradient(const ConvShape& shape, Extent extent, const float* x, const float* dy,
                              float* kernel_gradient);

/// One direction of the GRU. Both are multiples of 4; the published network has 16 and 8.
struct GruShape {
  int inputs, units;
};
/// Gates z, r, h (see iresweep/network.h): [inputs][3 * units], [units][3 * units], [3 * units], [3 * units].
struct GruWeights {
  const float *kernel, *recurrent, *input_bias, *recurrent_bias;
};
struct GruGradients {
  float *kernel, *recurrent, *input_bias, *recurrent_bias;  ///< shapes as above; added to
};

/// `y` is [position][2 * units][window]; the forward direction fills the first half of its rows, the reversed one the
/// second. `tape` is [position][4 * units][window] (z, r, candidate, the candidate's recurrent sum) and is what the
/// backward pass needs.
void gru_forward(const GruShape& shape, const GruWeights& weights, Extent extent, bool reversed, const float* x,
                 float* y, float* tape);

/// Adds to `dx` ([position][inputs][window]) and to `gradients`. `dy` has the layout of `y`.
void gru_backward(const GruShape& shape, const GruWeights& weights, Extent extent, bool reversed, const float* x,
                  const float* y, const float* tape, const float* dy, float* dx, const GruGradients& gradients);

}  // namespace iresweep::train::lanes
