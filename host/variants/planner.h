// From records to what is scored for them.
#pragma once
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "host/variants/comparison.h"
#include "host/variants/reference_windows.h"
#include "host/variants/targets.h"

namespace iresweep {

/// An allele on what it touches, before any window is looked at.
struct Touch {
  std::size_t alt = 0;
  Verdict verdict = Verdict::scored;
  std::shared_ptr<const Target> target;  ///< null where the allele alone decides
  Edit edit;                             ///< on the target, for Verdict::scored
};

/// Not for several threads at once.
class Planner {
 public:
  /// `targets` must outlive it.
  explicit Planner(Targets& targets) : targets_(targets), reference_(targets) {}

  /// Every allele of the record on every target that it touches; one Touch without a target where there is none.
  std::vector<Touch> touches(const VariantRecord& record);

  /// The comparisons of a record, and the stretches that are to be scored for them: those alone that earlier
  /// comparisons have not asked for.
  std::vector<Comparison> compare(std::span<const Touch> touches, DueStretches& due);

 private:
  Verdict check_ref(const VariantRecord& record, std::size_t& contig);
  void touch(std::size_t alt, std::size_t contig, const Edit& edit, std::vector<Touch>& all);
  Comparison compare(const Touch& touch, DueStretches& due);
  std::vector<BaseCode> edited(const Touch& touch, WindowRun run);

  Targets& targets_;
  ReferenceWindows reference_;
  /// Of the allele at hand on targets before this one: isoforms repeat each other.
  struct Known {
    std::vector<BaseCode> codes;  ///< under its windows with ALT
    std::int64_t left_flank = 0;  ///< bases of them before the allele
    Comparison comparison;
  };
  std::vector<Known> known_;
};

}  // namespace iresweep
