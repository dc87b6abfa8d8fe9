// From the names and layouts of the published Keras model to ours.
#pragma once
#include "host/model/tensorflow_checkpoint.h"
#include "iresweep/network.h"

namespace iresweep {

/// The network in `checkpoint`. Throws Error when a tensor is missing, surplus or of another shape, or when its letters
/// are encoded otherwise than ours.
Network read_deepires(const TensorflowCheckpoint& checkpoint, const std::string& path);

}  // namespace iresweep
