#include "host/journal/recall.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

namespace iresweep {
namespace {

// Neither is an engine's: the caller refuses the one, and the other is given to no caller.
constexpr float kUnknown = std::numeric_limits<float>::quiet_NaN();
constexpr float kUnwanted = -std::numeric_limits<float>::infinity();

[[noreturn]] void fail_as_changed(const std::string& scores) {
  throw ChangedInput("the input is not the one that was scored before", scores,
                     "give that input again, or score this one anew");
}

}  // namespace

Recall::Recall(std::vector<const Scores*> before, const StrandRanges& wanted)
    : before_(std::move(before)), wanted_(wanted) {}

void Recall::recall(Job& job) {
  Batch& batch = *job.batch;
  numbers_.take(job, [&](Strand strand, std::uint64_t number, std::size_t window, std::uint64_t record) {
    batch.logits[window] = wanted_[index_of(strand)].holds(number)
                               ? logit_of(strand, number, record, batch.bases.data() + batch.starts[window])
                               : kUnwanted;
  });
}

bool Recall::complete() const {
  return numbers_.count(Strand::plus) >= wanted_[0].end && numbers_.count(Strand::minus) >= wanted_[1].end;
}

// Of the strand in all files; null behind the last one.
const ScoredRun* Recall::next_run(Strand strand) {
  Cursor& at = cursors_[index_of(strand)];
  for (; at.file < before_.size(); ++at.file, at.run = 0)
    if (const auto& runs = before_[at.file]->contents().scored[index_of(strand)]; at.run < runs.size())
      return &runs[at.run];
  return nullptr;
}

float Recall::logit_of(Strand strand, std::uint64_t number, std::uint64_t record, const BaseCode* codes) {
  const ScoredRun* run = next_run(strand);
  if (!run || number < run->first) return kUnknown;
  Cursor& at = cursors_[index_of(strand)];
  const Scores& scores = *before_[at.file];
  if (at.in_run == 0) {
    at.digest = 0;
    at.logits.resize(run->count);
    scores.read(*run, at.logits);
  }
  at.digest = chain_digest(at.digest, record, codes);
  const float logit = at.logits[at.in_run++];
  if (at.in_run == run->count) {
    if (at.digest != run->digest) fail_as_changed(scores.path());
    ++at.run;
    at.in_run = 0;
  }
  ++windows_;
  return logit;
}

void Recall::finish() const {
  std::uint64_t scored = 0;
  for (const Scores* one : before_) scored += one->contents().windows();
  if (windows_ != scored) fail_as_changed(before_.front()->path());
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
