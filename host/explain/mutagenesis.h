// In-silico mutagenesis: what every single change of a window does to its logit, through the engine.
#pragma once
#include <array>
#include <memory>
#include <vector>

#include "host/scan/arbiter.h"
#include "iresweep/engine.h"

namespace iresweep {

struct Mutations {
  float logit = 0;  ///< of the window as it is, by the engine
  /// [kWindow][4]: change of the logit when the base is replaced by A, C, G or T; 0 for the base that is there, not a
  /// number where a base is missing.
  std::array<std::array<float, 4>, kWindow> substitution{};
  /// [kWindow - k + 1], change of the logit when the k bases from a position on are deleted; not a number where one of
  /// them is missing. Empty when no deletions were asked for.
  std::vector<float> deletion;

  /// How much a base adds: the mean fall of the logit over its three replacements. Not a number for a missing base.
  double importance(int position, const std::array<BaseCode, kWindow>& codes) const;
};

/// A window without `size` bases from `first` on. What is left is padded on the left, as a scan pads a sequence of that
/// length.
WindowCodes without_bases(const WindowCodes& codes, int first, int size);

/// One for each thread: it holds a batch.
class Mutagenesis {
 public:
  /// `deletion`: bases deleted at once, 0 for none. `engine` must outlive it.
  Mutagenesis(Engine& engine, int deletion);

  /// A change is scored as a window of its own: exactly what a scan of the changed sequence gives. Throws Error.
  Mutations run(const WindowCodes& codes);

 private:
  void score(const std::vector<WindowCodes>& windows, std::vector<float>& logits);

  Engine& engine_;
  std::unique_ptr<Batch> batch_;
  const int deletion_;
};

}  // namespace iresweep
