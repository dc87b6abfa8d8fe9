// A small user of the installed library: writes a model, reads it back, scores a sequence by it and by the built-in
// one.
//   consumer MODEL.safetensors ACGU...     prints one line a window of each: start, score
// Exits 1 unless every score lies strictly between 0 and 1 and the windows' scores are not all one.
#include <iresweep/engine.h>
#include <iresweep/error.h>
#include <iresweep/model.h>

#include <algorithm>
#include <cstdio>
#include <cstring>
#include <string_view>

namespace {

/// Weights of no meaning, small enough that no score saturates.
iresweep::Model plain_model() {
  iresweep::Model model;
  unsigned state = 1;
  for (auto& tensor : iresweep::tensors(model.network))
    for (float& value : tensor.values) {
      state = state * 1664525u + 1013904223u;
      const float share = float(state >> 8) / float(1u << 24);
      value = tensor.name.ends_with(".variance") ? 0.5f + share : share - 0.5f;
    }
  return model;
}

iresweep::BaseCode code_of(char letter) {
  const char* found = std::strchr("ACGT", letter == 'U' ? 'T' : letter);
  return found && letter ? iresweep::BaseCode(found - "ACGT") : iresweep::kMissing;
}

bool score(const iresweep::Model& model, std::string_view sequence) {
  const auto engine = iresweep::make_engine(model, {});
  const auto batch = engine->make_batch();

  std::ranges::transform(sequence, batch->bases.begin(), code_of);
  batch->base_count = sequence.size();
  for (std::size_t start = 0; start + iresweep::kWindow <= sequence.size(); start += iresweep::kPublishedStep)
    batch->starts[batch->window_count++] = std::uint32_t(start);
  engine->score(*batch);

  bool sound = batch->window_count > 1, differ = false;
  for (std::size_t i = 0; i < batch->window_count; ++i) {
    const float value = iresweep::score_of(batch->logits[i]);
    std::printf("%u %.6f\n", batch->starts[i], value);
    sound = sound && value > 0 && value < 1;
    differ = differ || batch->logits[i] != batch->logits[0];
  }
  return sound && differ;
}

}  // namespace

int main(int count, char** words) {
  if (count != 3) return 2;
  try {
    iresweep::save_model(plain_model(), words[1]);
    const bool read_back = score(iresweep::load_model(words[1]), words[2]);
    return score(iresweep::builtin_model(), words[2]) && read_back ? 0 : 1;
  } catch (const iresweep::Error& error) {
    std::fprintf(stderr, "%s: %s (%s)\n", error.where.c_str(), error.what(), error.hint.c_str());
    return 1;
  }
}
