#include "host/explain/explanation_arrays.h"

#include <array>
#include <cstdint>

#include "host/explain/place_of_base.h"
#include "iresweep/model.h"

namespace iresweep {
namespace {

constexpr const char* kFloat = "<f4";

std::array<float, kWindow> floats(const WindowValues& values) {
  std::array<float, kWindow> single;
  for (std::size_t t = 0; t < single.size(); ++t) single[t] = float(values[t]);
  return single;
}

template <class Rows>
std::vector<float> flat(const Rows& rows) {
  std::vector<float> values;
  for (const auto& row : rows)
    for (const auto value : row) values.push_back(float(value));
  return values;
}

}  // namespace

ExplanationArrays::ExplanationArrays(const std::string& path, const Methods& methods)
    : npz_(path),
      methods_(methods),
      strand_(npz_.add("strand", "|S1", {})),
      position_(npz_.add("position", "<i8", {kWindow})),
      score_(npz_.add("score", kFloat, {})),
      logit_(npz_.add("logit", "<f8", {})),
      sequence_(npz_.add("sequence", "|S174", {})) {
  if (methods.gradcam) gradcam_ = npz_.add("gradcam", kFloat, {kWindow});
  if (methods.gradient) gradient_ = npz_.add("gradient", kFloat, {kWindow, 4});
  if (methods.attention) attention_ = npz_.add("attention", kFloat, {kWindow});
  if (methods.mutagenesis) mutagenesis_ = npz_.add("mutagenesis", kFloat, {kWindow, 4});
  if (methods.mutagenesis && methods.deletion > 0)
    deletion_ = npz_.add("deletion", kFloat, {kWindow + 1 - std::size_t(methods.deletion)});
}

void ExplanationArrays::write(const Explanation& explanation) {
  const ChosenWindow& window = explanation.window;
  names_.push_back(window.record->name);
  contigs_.push_back(contig_of(window));
  std::array<std::int64_t, kWindow> position;
  std::array<char, kWindow> sequence;
  for (int t = 0; t < kWindow; ++t) {
    position[t] = place_of_base(window, t);
    sequence[t] = kBaseLetters[window.codes[t]];
  }
  npz_.append_one(strand_, char(strand_of(window)));
  npz_.append(position_, std::span<const std::int64_t>(position));
  npz_.append_one(score_, score_of(window.logit));
  npz_.append_one(logit_, window.logit);
  npz_.append(sequence_, std::span<const char>(sequence));
  const auto add = [&](const std::optional<std::size_t>& array, const auto& values) {
    npz_.append(*array, std::span<const float>(values));
  };
  if (gradcam_) add(gradcam_, floats(explanation.attribution->grad_cam));
  if (gradient_) add(gradient_, flat(explanation.attribution->gradient));
  if (attention_) add(attention_, floats(explanation.attribution->attention));
  if (mutagenesis_) add(mutagenesis_, flat(explanation.mutations->substitution));
  if (deletion_) add(deletion_, explanation.mutations->deletion);
}

void ExplanationArrays::close() {
  npz_.add_texts("name", names_);
  npz_.add_texts("contig", contigs_);
  npz_.close();
}

}  // namespace iresweep
