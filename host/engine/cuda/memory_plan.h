// A dry run over the buffers of a slot: where each lies, what all of them take, and how many windows a batch may have.
// Pure arithmetic; no device is asked.
#pragma once
#include <cstddef>

namespace iresweep::cuda {

/// The cuDNN convolutions' own needs; all 0 for the direct ones.
struct TileNeeds {
  std::size_t columns = 0;        ///< of a tile
  std::size_t scratch_bytes = 0;  ///< of activations and workspace
};

/// Room for bases in a batch of so many windows: enough at the published step; where windows share less (a larger
/// step, short records), a batch is full of bases before it is full of windows.
std::size_t base_room(std::size_t windows);

/// One block of device memory, offsets in bytes, each aligned to 256.
struct SlotLayout {
  std::size_t windows = 0, bases = 0;            ///< room for
  std::size_t feature_pitch = 0, end_pitch = 0;  ///< columns, multiples of 64
  std::size_t base_codes = 0, starts = 0, features = 0, end_features = 0, gates = 0, end_gates = 0, states = 0,
              context = 0, logits = 0;
  std::size_t one_hot = 0, tile_features = 0, scratch = 0;  ///< of a tile; without room for the direct convolutions
  std::size_t bytes = 0;                                    ///< in all
};

SlotLayout lay_out_slot(std::size_t windows, const TileNeeds& tile);

inline constexpr std::size_t kMostBatchWindows = 1u << 17;     ///< by choice: more does not fill a GPU any better
inline constexpr std::size_t kLeastBatchWindows = 1u << 10;    ///< fewer keep a GPU waiting for launches
inline constexpr std::size_t kLargestBatchWindows = 1u << 23;  ///< that the kernels can index

/// Windows in a batch such that `slots` of them take at most four fifths of `free_bytes`: halved from
/// kMostBatchWindows until it fits. 0 when kLeastBatchWindows do not.
std::size_t plan_batch(std::size_t free_bytes, int slots, const TileNeeds& tile);

}  // namespace iresweep::cuda
