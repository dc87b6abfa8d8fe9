// What a scan on GPUs waited for, in one line.
#pragma once
#include <string>
#include <vector>

#include "host/engine/device_clock.h"
#include "host/scan/pipeline.h"

namespace iresweep::cli {

/// "busy: cuda:0 34%, reading 97%, writing 3%; reading is what the GPU waits for": the last part where no GPU was busy
/// for four fifths of the time.
std::string busy_text(const PipelineStatistics& run, const std::vector<DeviceClock::Busy>& gpus);

}  // namespace iresweep::cli
