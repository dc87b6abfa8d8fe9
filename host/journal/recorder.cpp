#include "host/journal/recorder.h"

namespace iresweep {

Recorder::Recorder(JournalFile& journal, const StrandRanges& wanted) : journal_(journal), wanted_(wanted) {
  for (std::size_t i = 0; i < strips_.size(); ++i) {
    const auto& runs = journal.contents().scored[i];
    strips_[i].next = runs.empty() ? wanted[i].begin : runs.back().first + runs.back().count;
  }
}

void Recorder::record(const Job& job) {
  const Batch& batch = *job.batch;
  numbers_.take(job, [&](Strand strand, std::uint64_t number, std::size_t window, std::uint64_t record) {
    Strip& strip = strips_[index_of(strand)];
    if (number < strip.next || !wanted_[index_of(strand)].holds(number)) return;
    strip.digest = chain_digest(strip.digest, record, batch.bases.data() + batch.starts[window]);
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

bool Recorder::complete() const { return strips_[0].next == wanted_[0].end && strips_[1].next == wanted_[1].end; }

}  // namespace iresweep
