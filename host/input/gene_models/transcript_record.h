// A transcript of an annotation as a record.
#pragma once
#include <cstdint>
#include <optional>
#include <string>

#include "host/input/gene_models/transcript_source.h"

namespace iresweep {

/// The record of `transcript`, on the contig of this name; nothing when it lacks the feature.
std::optional<Record> record_of(const Transcript& transcript, const std::string& name, const std::string& contig,
                                std::uint64_t index, Feature feature);

}  // namespace iresweep
