#include "host/journal/recorder.h"

namespace iresweep {

Recorder::Recorder(JournalFile& journal) : journal_(journal) {
  for (std::size_t i = 0; i < strips_.size(); ++i)
    if (const auto& runs = journal.contents().scored[i]; !runs.empty())
      strips_[i].next = runs.back().first + runs.back().count;
}

void Recorder::record(const Job& job) {
  const Batch& batch = *job.batch;
  numbers_.take(job, [&](Strand strand, std::uint64_t number, std::size_t window) {
    Strip& strip = strips_[index_of(strand)];
    if (number < strip.next) return;
    strip.digest = chain_digest(strip.digest, batch.bases.data() + batch.starts[window]);
    strip.logits.push_back(batch.logits[window]);
  });
  for (const Strand strand : {Strand::plus, Strand::minus}) {
    Strip& strip = strips_[index_of(strand)];
    if (strip.logits.empty()) continue;
    journal_.append(strand, strip.next, strip.digest, strip.logits);
    strip.next += strip.logits.size();
    strip.digest = 0;
    strip.logits.clear();
  }
}

}  // namespace iresweep
