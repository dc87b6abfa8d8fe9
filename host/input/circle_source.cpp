#include "host/input/circle_source.h"

#include <algorithm>
#include <utility>

namespace iresweep {
namespace {

constexpr std::size_t kJoin = kWindow - 1;

class CircleSource : public SequenceSource {
 public:
  explicit CircleSource(std::unique_ptr<SequenceSource> inner) : inner_(std::move(inner)) {}

  std::optional<Piece> next() override {
    auto piece = inner_->next();
    if (!piece) return piece;
    if (!record_ || record_->index != piece->record->index) begin(*piece->record);
    piece->record = record_;
    const std::size_t wanted = std::min(kJoin - head_.size(), piece->codes.size());
    head_.insert(head_.end(), piece->codes.begin(), piece->codes.begin() + std::ptrdiff_t(wanted));
    if (!piece->last || head_.empty()) return piece;
    // Shorter than the join: the head is the whole circle.
    for (std::size_t i = 0; i < kJoin; ++i) piece->codes.push_back(head_[i % head_.size()]);
    return piece;
  }

  std::vector<InputFacts> facts() const override { return inner_->facts(); }

 private:
  void begin(const Record& read) {
    Record record = read;
    record.circular = true;
    record.start_codon.reset();
    record_ = std::make_shared<const Record>(std::move(record));
    head_.clear();
  }

  std::unique_ptr<SequenceSource> inner_;
  std::shared_ptr<const Record> record_;  ///< at hand
  std::vector<BaseCode> head_;            ///< its first bases, kJoin at most
};

}  // namespace

std::unique_ptr<SequenceSource> read_round(std::unique_ptr<SequenceSource> inner) {
  return std::make_unique<CircleSource>(std::move(inner));
}

}  // namespace iresweep
