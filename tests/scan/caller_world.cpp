#include "tests/scan/caller_world.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <tuple>

#include "tests/support/vector_batch.h"

namespace iresweep::test {
namespace {

double noisy(double logit, double noise, Random& random) {
  if (noise == 0) return logit;
  const double score = 1 / (1 + std::exp(-logit)) + random.uniform(-noise, noise);
  if (!(score > 0 && score < 1)) return logit;
  return std::clamp(std::log(score / (1 - score)), logit - kLogitTolerance / 2, logit + kLogitTolerance / 2);
}

Job empty_job(std::uint64_t serial, std::size_t windows) {
  Job job;
  job.serial = serial;
  job.batch = std::make_unique<VectorBatch>(windows, windows * kWindow);
  return job;
}

// Equal codes must get equal logits: the noise hangs on the codes and the seed only.
float engine_logit(const ExactWindow& window, const JobOptions& options) {
  std::uint64_t hash = options.seed;
  for (const BaseCode code : window.codes) hash = hash * 1099511628211u + code + 1;
  Random random(hash);
  return float(noisy(window.logit, options.noise, random));
}

void add_window(Job& job, const ExactWindow& window, const JobOptions& options) {
  Batch& batch = *job.batch;
  const std::size_t i = batch.window_count++;
  std::copy(window.codes.begin(), window.codes.end(), batch.bases.begin() + std::ptrdiff_t(batch.base_count));
  batch.starts[i] = std::uint32_t(batch.base_count);
  batch.logits[i] = engine_logit(window, options);
  batch.base_count += kWindow;
  job.places.push_back(window.place);
}

int missing_in(const WindowCodes& codes) { return int(std::count(codes.begin(), codes.end(), kMissing)); }

ExactWindow window_at(const Arbiter& oracle, const std::vector<BaseCode>& codes, std::int64_t start, Strand strand) {
  const std::int64_t length = std::min<std::int64_t>(kWindow, std::int64_t(codes.size()));
  std::vector<BaseCode> part(codes.begin() + start, codes.begin() + start + length);
  if (strand == Strand::minus) {
    std::reverse(part.begin(), part.end());
    std::transform(part.begin(), part.end(), part.begin(), complement);
  }
  ExactWindow window;
  window.codes.fill(kMissing);
  std::copy(part.begin(), part.end(), window.codes.end() - length);
  window.place = {start, start + length, std::uint16_t(missing_in(window.codes))};
  window.logit = oracle.exact_logit(window.codes);
  return window;
}

bool scores_above(const ExactWindow& a, const ExactWindow& b) { return score_of(a.logit) > score_of(b.logit); }

Hit naive_hit(const ExactRecord& record, Strand strand, const ExactWindow& best, std::uint64_t windows) {
  Hit hit;
  hit.record = record.record;
  hit.strand = strand;
  hit.start = hit.best_start = best.place.start;
  hit.end = hit.best_end = best.place.end;
  hit.score = score_of(best.logit);
  hit.windows = windows;
  hit.missing = best.place.missing;
  return hit;
}

void naive_strand(const ExactRecord& record, Strand strand, const CallRules& rules, std::vector<Hit>& hits) {
  std::vector<const ExactWindow*> called;
  for (const ExactWindow& window : strand == Strand::plus ? record.plus : record.minus)
    if (window.logit > rules.threshold_logit && window.place.missing <= rules.max_missing) called.push_back(&window);
  for (std::size_t i = 0; i < called.size();) {
    std::size_t end = i + 1;
    if (rules.report == Report::regions)
      while (end < called.size() && called[end]->place.start < called[end - 1]->place.end) ++end;
    const ExactWindow* best = called[i];
    for (std::size_t k = i; k < end; ++k)
      if (scores_above(*called[k], *best)) best = called[k];
    Hit hit = naive_hit(record, strand, *best, end - i);
    hit.start = called[i]->place.start;
    hit.end = called[end - 1]->place.end;
    hits.push_back(hit);
    i = end;
  }
}

const ExactWindow& naive_best(const std::vector<ExactWindow>& windows) {
  const ExactWindow* best = &windows.front();
  for (const ExactWindow& window : windows)
    if (scores_above(window, *best)) best = &window;
  return scores_above(*best, windows.back()) ? *best : windows.back();
}

}  // namespace

ExactRecord exact_record(const Arbiter& oracle, std::uint64_t index, const std::vector<BaseCode>& codes, int step) {
  ExactRecord record;
  record.record = std::make_shared<Record>(Record{fmt::format("r{}", index), index});
  const std::int64_t length = std::int64_t(codes.size());
  std::vector<std::int64_t> starts;
  for (std::int64_t start = 0; start + kWindow <= length; start += step) starts.push_back(start);
  if (const std::int64_t last = std::max<std::int64_t>(0, length - kWindow); starts.empty() || starts.back() != last)
    starts.push_back(last);
  for (const std::int64_t start : starts) {
    record.plus.push_back(window_at(oracle, codes, start, Strand::plus));
    record.minus.push_back(window_at(oracle, codes, start, Strand::minus));
  }
  return record;
}

std::vector<Job> make_jobs(const std::vector<ExactRecord>& records, const JobOptions& options) {
  std::vector<Job> jobs;
  const bool both = options.plus && options.minus;
  const std::size_t stretch = std::max<std::size_t>(1, options.job_windows / (both ? 2 : 1));
  const auto add_segment = [&](const ExactRecord& record, Strand strand, std::size_t from, std::size_t to) {
    const auto& windows = strand == Strand::plus ? record.plus : record.minus;
    if (jobs.empty() || jobs.back().batch->window_count + (to - from) > options.job_windows)
      jobs.push_back(empty_job(jobs.size(), options.job_windows));
    Job& job = jobs.back();
    job.segments.push_back({record.record, strand, job.batch->window_count, to - from, to == windows.size()});
    for (std::size_t i = 0; i < to - from; ++i)
      add_window(job, windows[strand == Strand::plus ? from + i : to - 1 - i], options);
  };
  for (const ExactRecord& record : records)
    for (std::size_t from = 0; from < record.plus.size(); from += stretch) {
      const std::size_t to = std::min(from + stretch, record.plus.size());
      if (options.plus) add_segment(record, Strand::plus, from, to);
      if (options.minus) add_segment(record, Strand::minus, from, to);
    }
  return jobs;
}

Called call(const std::vector<ExactRecord>& records, const CallRules& rules, const Arbiter& arbiter,
            JobOptions options) {
  HitList list;
  CallRules all = rules;
  all.both_strands = options.plus && options.minus;
  Caller caller(all, arbiter, list);
  for (Job& job : make_jobs(records, options)) {
    arbiter.settle(job);
    if (options.foresee) caller.foresee(job);
    caller.take(job);
  }
  caller.finish();
  return {list.hits, caller.counts()};
}

std::vector<Hit> naive_hits(const std::vector<ExactRecord>& records, const CallRules& rules,
                            const JobOptions& options) {
  std::vector<Hit> all;
  for (const ExactRecord& record : records) {
    std::vector<Hit> hits;
    if (rules.report == Report::best) {
      const std::uint64_t tried = record.plus.size() * (options.plus + options.minus);
      const bool minus =
          options.minus && (!options.plus || scores_above(naive_best(record.minus), naive_best(record.plus)));
      hits.push_back(naive_hit(record, minus ? Strand::minus : Strand::plus,
                               naive_best(minus ? record.minus : record.plus), tried));
    } else {
      if (options.plus) naive_strand(record, Strand::plus, rules, hits);
      if (options.minus) naive_strand(record, Strand::minus, rules, hits);
    }
    std::stable_sort(hits.begin(), hits.end(), [](const Hit& a, const Hit& b) {
      return std::tuple(a.start, a.end, a.strand == Strand::minus) <
             std::tuple(b.start, b.end, b.strand == Strand::minus);
    });
    all.insert(all.end(), hits.begin(), hits.end());
  }
  return all;
}

std::string row(const Hit& hit) {
  return fmt::format("{} {}-{}{} best {}-{} score {} windows {} missing {}", hit.record->name, hit.start, hit.end,
                     char(hit.strand), hit.best_start, hit.best_end, std::lround(1000.0 * hit.score), hit.windows,
                     hit.missing);
}

std::vector<std::string> rows(const std::vector<Hit>& hits) {
  std::vector<std::string> all;
  for (const Hit& hit : hits) all.push_back(row(hit));
  return all;
}

}  // namespace iresweep::test
