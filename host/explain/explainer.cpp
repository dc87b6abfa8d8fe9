#include "host/explain/explainer.h"

#include <algorithm>
#include <atomic>
#include <exception>
#include <thread>
#include <utility>

namespace iresweep {
namespace {

// A second or so of work, and a few MB.
constexpr std::size_t kBlock = 256;

}  // namespace

Explainer::Explainer(Engine& engine, const Network& network, ExplainerOptions options, ExplanationSink& sink,
                     std::stop_token stop)
    : network_(network), options_(options), sink_(sink), stop_(std::move(stop)) {
  for (int i = 0; options_.mutagenesis && i < std::max(options_.threads, 1); ++i)
    mutagenesis_.push_back(std::make_unique<Mutagenesis>(engine, options_.deletion));
}

void Explainer::take(ChosenWindow window) {
  block_.push_back({std::move(window), std::nullopt, std::nullopt});
  if (block_.size() == kBlock) explain_block();
}

void Explainer::finish() { explain_block(); }

void Explainer::explain(Explanation& explanation, Mutagenesis* mutagenesis) const {
  if (options_.attribution) explanation.attribution = attribute(network_, explanation.window.codes);
  if (mutagenesis != nullptr) explanation.mutations = mutagenesis->run(explanation.window.codes);
}

// The failure of the first window that failed: the same whatever the number of threads.
void Explainer::explain_block() {
  std::atomic<std::size_t> next = 0;
  std::vector<std::exception_ptr> failures(block_.size());
  const auto work = [&](std::size_t thread) {
    while (!stop_.stop_requested()) {
      const std::size_t i = next++;
      if (i >= block_.size()) return;
      try {
        explain(block_[i], mutagenesis_.empty() ? nullptr : mutagenesis_[thread].get());
      } catch (...) {
        failures[i] = std::current_exception();
      }
    }
  };
  {
    std::vector<std::jthread> threads;
    for (std::size_t i = 1; i < std::size_t(options_.threads); ++i) threads.emplace_back(work, i);
    work(0);
  }
  if (stop_.stop_requested()) return;
  for (std::size_t i = 0; i < block_.size(); ++i) {
    if (failures[i]) std::rethrow_exception(failures[i]);
    sink_.write(block_[i]);
    ++explained_;
  }
  block_.clear();
}

}  // namespace iresweep
