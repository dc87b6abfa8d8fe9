// The order of the launches. No kernel of its own.
#include "kernels/cuda/launch.h"

namespace iresweep::cuda {

void launch_score(const Tables* tables, const Constants& constants, const DeviceBatch& batch, const Plane& features,
                  const Workspace& work, float* logits, Stream stream) {
  launch_window_ends(tables, constants.second, batch, work.end_features, stream);
  launch_project(constants.projection, work.end_features, work.end_gates, stream);
  launch_project(constants.projection, features, work.gates, stream);
  launch_bigru(tables, batch, work, stream);
  launch_attention(tables, batch, work, stream);
  launch_head(constants.head, work.context, batch.window_count, logits, stream);
}

}  // namespace iresweep::cuda
