// What tests of the caller need: records with exact scores, a fake engine that errs, and a caller written naively.
#pragma once
#include <limits>
#include <memory>
#include <string>
#include <vector>

#include "host/scan/caller.h"
#include "tests/support/seeded_network.h"

namespace iresweep::test {

constexpr double kInfinity = std::numeric_limits<double>::infinity();

struct ExactWindow {
  WindowCodes codes;
  Place place;
  double logit = 0;  ///< the oracle's
};

struct ExactRecord {
  std::shared_ptr<const Record> record;
  std::vector<ExactWindow> plus, minus;  ///< by ascending start
};

/// The windows of `codes` on both strands, scored by the oracle.
ExactRecord exact_record(const Arbiter& oracle, std::uint64_t index, const std::vector<BaseCode>& codes, int step);

/// How jobs are made: the strands, at most `job_windows` in each, and an engine whose scores are off by up to `noise`.
struct JobOptions {
  bool plus = true, minus = false;
  std::size_t job_windows = 1000;
  double noise = 0;
  std::uint64_t seed = 1;
  bool foresee = true;
};
std::vector<Job> make_jobs(const std::vector<ExactRecord>& records, const JobOptions& options);

/// Collects hits.
struct HitList : HitSink {
  std::vector<Hit> hits;
  void write(const Hit& hit) override { hits.push_back(hit); }
};

struct Called {
  std::vector<Hit> hits;
  CallCounts counts;
};

/// make_jobs, settle, foresee, take.
Called call(const std::vector<ExactRecord>& records, const CallRules& rules, const Arbiter& arbiter,
            JobOptions options);

/// The rules as the design words them, over the oracle's scores, with everything in memory. Without p.
std::vector<Hit> naive_hits(const std::vector<ExactRecord>& records, const CallRules& rules, const JobOptions& options);

/// All of a row that must not depend on the engine, as text.
std::string row(const Hit& hit);
std::vector<std::string> rows(const std::vector<Hit>& hits);

}  // namespace iresweep::test
