#include "host/explain/motif_arrays.h"

#include <algorithm>
#include <array>
#include <atomic>
#include <thread>

#include "host/explain/place_of_base.h"
#include "iresweep/model.h"
#include "kernels/reference/forward.h"

namespace iresweep {
namespace {

using Output = std::array<float, Attention::kInputs>;

// Each depends on its own window only: the same for any number of threads.
std::vector<Output> attention_outputs(const Network& network, const std::vector<ChosenWindow>& windows, int threads,
                                      const std::stop_token& stop) {
  std::vector<Output> outputs(windows.size());
  std::atomic<std::size_t> next = 0;
  const auto work = [&] {
    for (std::size_t i = next++; i < windows.size() && !stop.stop_requested(); i = next++) {
      const std::vector<double> context = reference::forward(network, windows[i].codes).context;
      std::transform(context.begin(), context.end(), outputs[i].begin(), [](double value) { return float(value); });
    }
  };
  std::vector<std::jthread> others;
  for (int i = 1; i < threads; ++i) others.emplace_back(work);
  work();
  others.clear();
  return outputs;
}

}  // namespace

MotifArrays::MotifArrays(const std::string& path)
    : npz_(path),
      label_(npz_.add("label", "|i1", {})),
      score_(npz_.add("score", "<f4", {})),
      sequence_(npz_.add("sequence", "|S174", {})),
      attention_(npz_.add("attention", "<f4", {Attention::kInputs})) {}

void MotifArrays::write(const Network& network, const std::vector<ChosenWindow>& windows, const LabelledSet& set,
                        int threads, const std::stop_token& stop) {
  const std::vector<Output> outputs = attention_outputs(network, windows, threads, stop);
  for (std::size_t i = 0; i < windows.size(); ++i) {
    const ChosenWindow& window = windows[i];
    std::array<char, kWindow> sequence;
    std::transform(window.codes.begin(), window.codes.end(), sequence.begin(),
                   [](BaseCode code) { return kBaseLetters[code]; });
    names_.push_back(window.record->name);
    npz_.append_one(label_, std::int8_t(set.records[window.record->index].positive));
    npz_.append_one(score_, score_of(window.logit));
    npz_.append(sequence_, std::span<const char>(sequence));
    npz_.append(attention_, std::span<const float>(outputs[i]));
  }
}

void MotifArrays::close() {
  npz_.add_texts("name", names_);
  npz_.close();
}

}  // namespace iresweep
