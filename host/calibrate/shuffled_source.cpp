#include "host/calibrate/shuffled_source.h"

#include <memory>

#include "host/calibrate/euler_shuffle.h"

namespace iresweep {

std::optional<Piece> ShuffledSource::next() {
  if (done_ == repeats_) {
    stretch_ = inner_.next();
    done_ = 0;
  }
  if (!stretch_) {
    done_ = repeats_;
    return std::nullopt;
  }
  const Record& original = *stretch_->record;
  Random random(seed_of(seed_, original.index, done_));
  Piece shuffle{std::make_shared<Record>(Record{original.name, original.index * repeats_ + done_}), stretch_->codes,
                true};
  shuffle_dinucleotides(shuffle.codes, random);
  ++done_;
  return shuffle;
}

}  // namespace iresweep
