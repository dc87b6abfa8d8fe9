// The engine alone on the windows of a FASTA: packed beforehand as a scan packs them, scored from memory.
//
// Without --seconds each window is scored once: for comparing scores and for counting instructions. With it, every
// thread scores its batches round and round until the time is up. Prints one line of JSON.
#include <CLI/CLI.hpp>
#include <chrono>
#include <cstdio>
#include <fstream>
#include <nlohmann/json.hpp>
#include <thread>

#include "host/input/fasta_source.h"
#include "host/measure/peak_memory.h"
#include "host/scan/tiler.h"
#include "iresweep/engine.h"
#include "iresweep/error.h"

namespace {

using namespace iresweep;
using Clock = std::chrono::steady_clock;

struct Options {
  std::string model, fasta, scores;
  EngineOptions engine;
  int step = kPublishedStep;
  std::size_t windows = 65536;
  double seconds = 0;
};

Options parse(int count, char** words) {
  Options options;
  CLI::App app("Scores the first windows of a FASTA with the engine alone.");
  app.add_option("--model", options.model)->required();
  app.add_option("--fasta", options.fasta)->required();
  app.add_option("--isa", options.engine.isa);
  app.add_option("--threads", options.engine.threads)->check(CLI::PositiveNumber);
  app.add_option("--step", options.step)->check(CLI::PositiveNumber);
  app.add_option("--windows", options.windows, "at most so many")->check(CLI::PositiveNumber);
  app.add_option("--seconds", options.seconds, "how long to score; 0: each window once");
  app.add_option("--scores", options.scores, "file for the scores, as 32-bit floats in the order of the input");
  try {
    app.parse(count, words);
  } catch (const CLI::ParseError& error) {
    std::exit(app.exit(error));
  }
  return options;
}

std::vector<Job> pack(Engine& engine, const Options& options) {
  const auto source = open_fasta({options.fasta});
  TilerOptions tiling;
  tiling.step = options.step;
  Tiler tiler(*source, tiling);
  std::vector<Job> jobs;
  for (std::size_t left = options.windows; left > 0;) {
    Job job;
    job.batch = engine.make_batch();
    if (!tiler.fill(job)) break;
    job.batch->window_count = std::min(job.batch->window_count, left);
    left -= job.batch->window_count;
    jobs.push_back(std::move(job));
  }
  return jobs;
}

std::size_t windows_of(const std::vector<Job>& jobs) {
  std::size_t count = 0;
  for (const Job& job : jobs) count += job.batch->window_count;
  return count;
}

void write_scores(const std::vector<Job>& jobs, const std::string& path) {
  std::ofstream file(path, std::ios::binary);
  for (const Job& job : jobs)
    for (std::size_t i = 0; i < job.batch->window_count; ++i) {
      const float score = score_of(job.batch->logits[i]);
      file.write(reinterpret_cast<const char*>(&score), sizeof score);
    }
  if (!file.flush()) throw Error("cannot be written", path, "");
}

// Each thread starts with another batch; different threads never hold the same one.
std::size_t score_for(Engine& engine, std::vector<Job>& jobs, const Options& options) {
  const std::size_t threads = std::size_t(options.engine.threads);
  if (jobs.size() < threads)
    throw Error("fewer batches than threads", options.fasta, "a longer FASTA, or more --windows");
  std::vector<std::size_t> scored(threads);
  {
    const auto end = Clock::now() + std::chrono::duration<double>(options.seconds);
    std::vector<std::jthread> workers;
    for (std::size_t thread = 0; thread < threads; ++thread)
      workers.emplace_back([&, thread] {
        for (std::size_t job = thread; Clock::now() < end; job += threads) {
          if (job >= jobs.size()) job = thread;
          engine.score(*jobs[job].batch);
          scored[thread] += jobs[job].batch->window_count;
        }
      });
  }
  std::size_t sum = 0;
  for (const std::size_t count : scored) sum += count;
  return sum;
}

void run(const Options& options) {
  const auto engine = make_engine(load_model(options.model), options.engine);
  std::vector<Job> jobs = pack(*engine, options);
  std::size_t windows = windows_of(jobs);
  auto begin = Clock::now();
  for (const Job& job : jobs) engine->score(*job.batch);
  if (!options.scores.empty()) write_scores(jobs, options.scores);
  if (options.seconds > 0) {
    begin = Clock::now();
    windows = score_for(*engine, jobs, options);
  }
  const std::chrono::duration<double> time = Clock::now() - begin;
  const nlohmann::json facts = {{"device", engine->describe().text},
                                {"windows", windows},
                                {"seconds", time.count()},
                                {"peak_memory_bytes", peak_memory()}};
  std::puts(facts.dump().c_str());
}

}  // namespace

int main(int count, char** words) {
  try {
    run(parse(count, words));
  } catch (const Error& error) {
    std::fprintf(stderr, "score_windows: %s: %s (%s)\n", error.where.c_str(), error.what(), error.hint.c_str());
    return 1;
  }
}
