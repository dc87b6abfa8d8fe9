// The stages that all scans have: reading, recall, progress.
#pragma once
#include <functional>
#include <stop_token>

#include "host/input/sequence_source.h"
#include "host/scan/pipeline.h"
#include "host/scan/tiler.h"
#include "iresweep/engine.h"
#include "tools/scan_journal.h"
#include "tools/scan_options.h"

namespace iresweep::cli {

/// What is done with a job besides: scoring what is not known, on many threads; taking it, in order.
struct JobUses {
  std::function<void(Job&)> score;
  std::function<void(const Job&)> take;
};

/// run_pipeline() over what `tiler` cuts from `source`, as far as the journal wants windows of it.
PipelineStatistics run_stages(const ScanOptions& options, Engine& engine, const SequenceSource& source, Tiler& tiler,
                              ScanJournal& journal, const JobUses& uses, const std::stop_token& stop);

}  // namespace iresweep::cli
