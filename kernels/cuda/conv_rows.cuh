// Block 2's two layers from table rows: what conv_direct.cu does for every base and window_ends.cu for the ends.
//
// First-layer values of neighbouring positions lie in shared memory as planes [kFirst][kPitch], so that threads of
// neighbouring positions touch neighbouring words.
#pragma once
#include <cuda_runtime.h>

#include "kernels/cuda/weights.h"

namespace iresweep::cuda {

__device__ inline float relu(float x) { return fmaxf(x, 0.0f); }

/// The row of the base in the middle of five codes.
__device__ inline int row_of(int b0, int b1, int b2, int b3, int b4) {
  return (((b0 * kBaseCodes + b1) * kBaseCodes + b2) * kBaseCodes + b3) * kBaseCodes + b4;
}

/// Four floats of a row.
__device__ inline float4 row_part(const Tables* tables, int row, int offset) {
  return *reinterpret_cast<const float4*>(&tables->rows[row][offset]);
}

/// First layer of one position: rows[i] is the row at offset i - 2; value c goes to out[c * kPitch].
template <int kPitch>
__device__ void first_layer(const Tables* tables, const int* rows, float* out) {
#pragma unroll
  for (int c = 0; c < 8; c += 4) {
    const float4 before2 = row_part(tables, rows[1], Row::k2_before + c);
    const float4 after2 = row_part(tables, rows[3], Row::k2_after + c);
    const float4 before3 = row_part(tables, rows[0], Row::k3_before + c);
    const float4 centre3 = row_part(tables, rows[2], Row::k3_centre + c);
    const float4 after3 = row_part(tables, rows[4], Row::k3_after + c);
    out[c * kPitch] = relu(before2.x + after2.x);
    out[(c + 1) * kPitch] = relu(before2.y + after2.y);
    out[(c + 2) * kPitch] = relu(before2.z + after2.z);
    out[(c + 3) * kPitch] = relu(before2.w + after2.w);
    out[(c + 8) * kPitch] = relu(before3.x + centre3.x + after3.x);
    out[(c + 9) * kPitch] = relu(before3.y + centre3.y + after3.y);
    out[(c + 10) * kPitch] = relu(before3.z + centre3.z + after3.z);
    out[(c + 11) * kPitch] = relu(before3.w + centre3.w + after3.w);
  }
}

/// Features of one position: first[c * kPitch + i - 2] is channel c of the first layer at offset i - 2, `row` the
/// position's own; feature c goes to out[c * out_pitch].
template <int kPitch>
__device__ void second_layer(const Tables* tables, const SecondLayer& weights, const float* first, int row, float* out,
                             std::size_t out_pitch) {
  float k2[8], k3[8];
#pragma unroll
  for (int o = 0; o < 8; ++o) k2[o] = weights.k2_bias[o], k3[o] = weights.k3_bias[o];
#pragma unroll
  for (int in = 0; in < kFirst; ++in) {
    const float* at = first + in * kPitch;
    const float m2 = at[-2], m1 = at[-1], centre = at[0], p1 = at[1], p2 = at[2];
#pragma unroll
    for (int o = 0; o < 8; ++o) {
      k2[o] = fmaf(m1, weights.k2[0][in][o], k2[o]);
      k2[o] = fmaf(p1, weights.k2[1][in][o], k2[o]);
      k3[o] = fmaf(m2, weights.k3[0][in][o], k3[o]);
      k3[o] = fmaf(centre, weights.k3[1][in][o], k3[o]);
      k3[o] = fmaf(p2, weights.k3[2][in][o], k3[o]);
    }
  }
#pragma unroll
  for (int o = 0; o < 8; o += 4) {
    const float4 s2 = row_part(tables, row, Row::shortcut + o), s3 = row_part(tables, row, Row::shortcut + 8 + o);
    const float shortcut2[4] = {s2.x, s2.y, s2.z, s2.w}, shortcut3[4] = {s3.x, s3.y, s3.z, s3.w};
#pragma unroll
    for (int i = 0; i < 4; ++i) {
      out[std::size_t(o + i) * out_pitch] = relu(relu(k2[o + i]) + shortcut2[i]);
      out[std::size_t(8 + o + i) * out_pitch] = relu(relu(k3[o + i]) + shortcut3[i]);
    }
  }
}

}  // namespace iresweep::cuda
