#include "host/measure/sources.h"

#include "iresweep/error.h"

namespace iresweep {

std::optional<Piece> MadeUpSource::next() {
  Piece piece{std::make_shared<Record>(Record{"made-up", records_++}), std::vector<BaseCode>(kMadeUpBases), true};
  for (BaseCode& code : piece.codes) code = BaseCode(random_.below(4));
  return piece;
}

std::optional<Piece> EndlessSource::next() {
  auto piece = source_->next();
  if (!piece) {
    const auto facts = source_->facts();
    if (bases_ == 0)
      throw Error("no record has a base", facts.empty() ? "" : facts.front().path, "give sequences to measure with");
    bases_ = 0;
    source_ = open_();
    piece = source_->next();
  }
  if (!piece) return piece;
  bases_ += piece->codes.size();
  if (!record_) record_ = std::make_shared<Record>(Record{piece->record->name, records_++});
  piece->record = record_;
  if (piece->last) record_ = nullptr;
  return piece;
}

}  // namespace iresweep
