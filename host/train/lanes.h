// The arithmetic that LibTorch does slowly at this network's sizes: small convolutions and the recurrence, forward and
// backward, with the windows of a batch in the lanes of a vector.
//
// Every feature array is [position][channel][window] in float, dense. The number of windows is a multiple of kLanes.
// One body for every instruction set, chosen at run time; one thread; nothing allocated by the caller is kept.
#pragma once
#include <array>

namespace iresweep::train::lanes {

inline constexpr int kLanes = 16;

/// y[t][out] = bias[out] + sum over taps and inputs of x[t + offset[tap]][in] * kernel[tap][in][out]; positions
/// outside the window count as zero. `out` is a multiple of 8. y and dy may be a part of wider rows: `rows` is their
/// number of channels, and their pointers stand at the first of the `out` channels meant.
struct ConvShape {
  int taps, in, out, rows;
  std::array<int, 3> offset;
};

struct Extent {
  int positions, windows;
};

/// `bias` may be null.
void convolve(const ConvShape& shape, Extent extent, const float* x, const float* kernel, const float* bias, float* y);

/// kernel_gradient[tap][in][out] = sum over positions and windows of x[t + offset[tap]][in] * dy[t][out].
void convolve_kernel_gradient(const ConvShape& shape, Extent extent, const float* x, const float* dy,
                              float* kernel_gradient);

/// One direction of the GRU: 16 inputs, 8 units, gates z, r, h (see iresweep/network.h).
struct GruWeights {
  const float *kernel, *recurrent, *input_bias, *recurrent_bias;  ///< [16][24], [8][24], [24], [24]
};
struct GruGradients {
  float *kernel, *recurrent, *input_bias, *recurrent_bias;  ///< shapes as above; added to
};

inline constexpr int kTapeRows = 32;  ///< z, r, candidate, and the candidate's recurrent sum: 8 rows each

/// `y` is [position][16][window]; the direction fills 8 of its 16 rows, from row `first_row`. `tape` is
/// [position][kTapeRows][window] and is what the backward pass needs.
void gru_forward(const GruWeights& weights, Extent extent, bool reversed, int first_row, const float* x, float* y,
                 float* tape);

/// Adds to `dx` ([position][16][window]) and to `gradients`. `dy` has the layout of `y`.
void gru_backward(const GruWeights& weights, Extent extent, bool reversed, int first_row, const float* x,
                  const float* y, const float* tape, const float* dy, float* dx, const GruGradients& gradients);

}  // namespace iresweep::train::lanes
