// Labelled records as a scan reads them.
#pragma once
#include <memory>
#include <optional>
#include <vector>

#include "host/evaluate/labelled_set.h"
#include "host/input/sequence_source.h"

namespace iresweep {

/// A record's index is its place in `records`, which must outlive it.
class MemorySource : public SequenceSource {
 public:
  explicit MemorySource(const std::vector<LabelledRecord>& records) : records_(records) {}

  std::optional<Piece> next() override {
    if (next_ == records_.size()) return std::nullopt;
    const LabelledRecord& record = records_[next_];
    return Piece{std::make_shared<Record>(Record{record.name, next_++}), record.codes, true};
  }
  std::vector<InputFacts> facts() const override { return {}; }

 private:
  const std::vector<LabelledRecord>& records_;
  std::size_t next_ = 0;
};

}  // namespace iresweep
