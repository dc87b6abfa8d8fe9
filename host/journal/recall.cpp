#include "host/journal/recall.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace iresweep {
namespace {

// No engine's: the caller refuses it.
constexpr float kUnknown = std::numeric_limits<float>::quiet_NaN();

[[noreturn]] void fail_as_changed(const std::string& journal) {
  throw ChangedInput("the input is not the one that the run to go on with has scored", journal,
                     "give that input again, or leave --resume out to begin anew");
}

}  // namespace

void Recall::recall(Job& job) {
  Batch& batch = *job.batch;
  std::fill_n(batch.logits.begin(), batch.window_count, kUnknown);
  if (!journal_) return;
  numbers_.take(job, [&](Strand strand, std::uint64_t number, std::size_t window) {
    batch.logits[window] = logit_of(strand, number, batch.bases.data() + batch.starts[window]);
  });
}

float Recall::logit_of(Strand strand, std::uint64_t number, const BaseCode* codes) {
  const auto& runs = journal_->contents().scored[index_of(strand)];
  Cursor& at = cursors_[index_of(strand)];
  if (at.run == runs.size() || number < runs[at.run].first) return kUnknown;
  const ScoredRun& run = runs[at.run];
  if (at.in_run == 0) {
    at.digest = 0;
    at.logits.resize(run.count);
    journal_->read(run.offset, at.logits);
  }
  at.digest = chain_digest(at.digest, codes);
  const float logit = at.logits[at.in_run++];
  if (at.in_run == run.count) {
    if (at.digest != run.digest) fail_as_changed(journal_->path());
    ++at.run;
    at.in_run = 0;
  }
  ++windows_;
  return logit;
}

void Recall::finish() const {
  if (journal_ && windows_ != journal_->contents().windows()) fail_as_changed(journal_->path());
}

void score_unknown(Engine& engine, Batch& batch) {
  const std::size_t count = batch.window_count;
  const auto unknown = [](float logit) { return std::isnan(logit); };
  const auto logits = batch.logits.first(count);
  const auto wanted = std::size_t(std::count_if(logits.begin(), logits.end(), unknown));
  if (wanted == 0) return;
  if (wanted == count) return engine.score(batch);

  // The unknown ones for the time being are all that the batch has.
  const std::vector<float> known(logits.begin(), logits.end());
  const std::vector<std::uint32_t> starts(batch.starts.begin(), batch.starts.begin() + std::ptrdiff_t(count));
  std::size_t next = 0;
  for (std::size_t i = 0; i < count; ++i)
    if (unknown(known[i])) batch.starts[next++] = starts[i];
  batch.window_count = wanted;
  engine.score(batch);
  const std::vector<float> scored(batch.logits.begin(), batch.logits.begin() + std::ptrdiff_t(wanted));
  next = 0;
  for (std::size_t i = 0; i < count; ++i) logits[i] = unknown(known[i]) ? scored[next++] : known[i];
  std::copy(starts.begin(), starts.end(), batch.starts.begin());
  batch.window_count = count;
}

}  // namespace iresweep
