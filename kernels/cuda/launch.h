// The CUDA kernels as the host calls them: one launcher an operation, free of CUDA's headers.
//
//   bases ──► encode_tile ──► one_hot ──► cuDNN ──┐
//         └─► conv_direct ────────────────────────┴─► features ──► project ──► gates ──────┐
//   bases, starts ──► window_ends ──► end_features ──► project ──► end_gates ──┐           │
//                                          ┌── states ◄── bigru ◄──────────────┴───────────┤
//                                          └──► attention ◄────────────────────────────────┘
//                                                  └──► context ──► head ──► logits
//
// Features of a base hold for every window in which it lies at least kEnd positions away from both ends; the ends are
// features of a window. A column is either: one base of the batch, or one of a window's 2 * kEnd end positions (its
// first kEnd, then its last kEnd).
//
// All pointers are device memory, aligned to 16 bytes, owned by the caller and of the sizes below. A launcher queues
// its work on `stream` of the current device and returns; the caller waits and keeps memory and tables alive until
// then. Nothing to do (a count of 0) is no error. Throws Error when sizes do not fit or the launch fails; what fails
// while a kernel runs shows when the caller waits. The engine returns logits: there is no sigmoid here, score_of() has
// it.
//
// A window's logit depends on its own bases only, to the last bit, if the features do: cuDNN must sum in the same
// order whatever the length.
#pragma once
#include <cstddef>
#include <cstdint>

#include "iresweep/bases.h"
#include "kernels/cuda/weights.h"

struct CUstream_st;  // cudaStream_t is a pointer to it

namespace iresweep::cuda {

using Stream = ::CUstream_st*;

inline constexpr int kHalf = kWindow / 2;              ///< steps that each direction runs before it meets the other
inline constexpr int kEndColumns = 2 * kEnd;           ///< columns of a window's ends
inline constexpr int kStates = kHalf * kContext;       ///< floats of `states` a window
inline constexpr std::size_t kMostColumns = 1u << 30;  ///< in one launch; the same for windows times kEndColumns

/// A batch on the device; see iresweep::Batch.
struct DeviceBatch {
  const BaseCode* bases = nullptr;  ///< [base_count], values 0..4
  std::size_t base_count = 0;
  const std::uint32_t* starts = nullptr;  ///< [window_count], starts[i] + kWindow <= base_count
  std::size_t window_count = 0;
};

/// Channels of columns: channel c of column i at data[c * pitch + i], count <= pitch. cuDNN's NCHW with N = H = 1,
/// W = pitch.
struct Plane {
  float* data = nullptr;
  std::size_t count = 0, pitch = 0;
};

/// What lies between features and logits. All float.
struct Workspace {
  Plane end_features;          ///< [kFeatures][pitch]; column of end e of window w: w * kEndColumns + e
  float* gates = nullptr;      ///< [base][kGates], columns as gate_column() has them; no padding
  float* end_gates = nullptr;  ///< [window][kEndColumns][kGates]
  float* states = nullptr;     ///< [step < kHalf][window][direction][kUnits]: after step s, forward at position s,
                               ///< backward at kWindow - 1 - s
  float* context = nullptr;    ///< [window][kContext]
};

/// Bases to one-hot planes [4][pitch], a missing base all zero; columns from base_count to the pitch are zero.
/// one_hot.count is the pitch.
void launch_encode_tile(const BaseCode* bases, std::size_t base_count, const Plane& one_hot, Stream stream);

/// Features [kFeatures][pitch] of every base, by the table rows; N before the first and after the last base.
/// features.count = base_count.
void launch_conv_direct(const Tables* tables, const SecondLayer& second, const BaseCode* bases, std::size_t base_count,
                        const Plane& features, Stream stream);

/// Features of every window's ends, where its zero padding counts. end_features.count = window_count * kEndColumns.
void launch_window_ends(const Tables* tables, const SecondLayer& second, const DeviceBatch& batch,
                        const Plane& end_features, Stream stream);

/// Features to gates [features.count][kGates], clamped.
void launch_project(const Projection& projection, const Plane& features, float* gates, Stream stream);

/// Both directions from their ends to the window's middle. Reads gates and end_gates, fills states.
void launch_bigru(const Tables* tables, const DeviceBatch& batch, const Workspace& work, Stream stream);

/// Both directions from the middle on; attention over all positions. Reads gates, end_gates and states, fills context.
void launch_attention(const Tables* tables, const DeviceBatch& batch, const Workspace& work, Stream stream);

/// Context [window_count][kContext] to logits [window_count].
void launch_head(const Head& head, const float* context, std::size_t window_count, float* logits, Stream stream);

/// All that follows the features of the batch's bases: window_ends, project (twice), bigru, attention, head.
void launch_score(const Tables* tables, const Constants& constants, const DeviceBatch& batch, const Plane& features,
                  const Workspace& work, float* logits, Stream stream);

}  // namespace iresweep::cuda
