#include "host/calibrate/stretch_source.h"

#include <algorithm>
#include <memory>
#include <utility>

namespace iresweep {

std::optional<Piece> StretchSource::next() {
  while (load()) {
    const auto from = piece_->codes.begin() + std::ptrdiff_t(position_);
    const std::size_t most = std::min(most_bases_ - codes_.size(), piece_->codes.size() - position_);
    const auto end = std::find(from, from + std::ptrdiff_t(most), kMissing);
    codes_.insert(codes_.end(), from, end);
    position_ += std::size_t(end - from);
    const bool missing = position_ < piece_->codes.size() && piece_->codes[position_] == kMissing;
    position_ += missing;
    counts_.missing_bases += missing;
    const bool record_ends = position_ == piece_->codes.size() && piece_->last;
    if (missing || record_ends || codes_.size() == most_bases_)
      if (auto stretch = close()) return stretch;
  }
  return std::nullopt;
}

bool StretchSource::load() {
  if (piece_ && position_ < piece_->codes.size()) return true;
  piece_ = inner_.next();
  position_ = 0;
  return piece_.has_value();
}

std::optional<Piece> StretchSource::close() {
  if (codes_.size() < std::size_t(kWindow)) {
    counts_.short_stretches += !codes_.empty();
    counts_.short_bases += codes_.size();
    codes_.clear();
    return std::nullopt;
  }
  counts_.bases += codes_.size();
  const auto record = std::make_shared<Record>(Record{piece_->record->name, counts_.stretches++});
  return Piece{record, std::exchange(codes_, {}), true};
}

}  // namespace iresweep
