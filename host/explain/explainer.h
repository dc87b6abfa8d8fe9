// Explains windows in blocks, many at once, and hands them on in the order in which they came.
#pragma once
#include <cstdint>
#include <memory>
#include <optional>
#include <stop_token>
#include <vector>

#include "host/explain/attribution.h"
#include "host/explain/mutagenesis.h"
#include "host/explain/window_chooser.h"

namespace iresweep {

struct Explanation {
  ChosenWindow window;
  std::optional<Attribution> attribution;  ///< where a method asks for it
  std::optional<Mutations> mutations;
};

class ExplanationSink {
 public:
  virtual ~ExplanationSink() = default;
  /// Explanations in the order of the input. Throws Error.
  virtual void write(const Explanation& explanation) = 0;
};

struct ExplainerOptions {
  bool attribution = true, mutagenesis = true;
  int deletion = 0;  ///< bases deleted at once by mutagenesis; 0: none
  int threads = 1;
};

/// Each window's explanation depends on its own bases only: results do not depend on threads or blocks.
class Explainer {
 public:
  /// All that is passed must outlive it.
  Explainer(Engine& engine, const Network& network, ExplainerOptions options, ExplanationSink& sink,
            std::stop_token stop = {});

  /// Explains when a block is full. After a stop nothing is handed on. Throws what the engine and the sink throw.
  void take(ChosenWindow window);
  /// After the last window.
  void finish();

  std::uint64_t explained() const { return explained_; }

 private:
  void explain(Explanation& explanation, Mutagenesis* mutagenesis) const;
  void explain_block();

  const Network& network_;
  const ExplainerOptions options_;
  ExplanationSink& sink_;
  const std::stop_token stop_;
  std::vector<std::unique_ptr<Mutagenesis>> mutagenesis_;  ///< one a thread; none where it is not asked for
  std::vector<Explanation> block_;
  std::uint64_t explained_ = 0;
};

}  // namespace iresweep
