#include "host/variants/planner.h"

#include <algorithm>
#include <utility>

namespace iresweep {
namespace {

Verdict verdict_of(const Target& target, const Edit& edit) {
  // No window with REF has bases on both sides of the place, so there is nothing to compare those with ALT to.
  const Interval& place = edit.replaced;
  if (place.size() == 0 && (place.start == 0 || place.end == target.size())) return Verdict::contig_end;
  const bool is_short = std::min(target.size(), target.size() + edit.growth()) < kWindow;
  return is_short ? Verdict::short_transcript : Verdict::scored;
}

}  // namespace

std::vector<Touch> Planner::touches(const VariantRecord& record) {
  std::vector<Touch> all;
  std::size_t contig = 0;
  const Verdict ref = check_ref(record, contig);
  for (std::size_t alt = 0; alt < record.alts.size(); ++alt) {
    Allele allele = read_allele(record.position, record.ref, record.alts[alt]);
    if (allele.verdict == Verdict::scored || ref == Verdict::unknown_contig) {
      if (ref != Verdict::scored) allele.verdict = ref;
    }
    if (allele.verdict == Verdict::scored)
      touch(alt, contig, allele.edit, all);
    else
      all.push_back({alt, allele.verdict, nullptr, {}});
  }
  return all;
}

// REF against the genome.
Verdict Planner::check_ref(const VariantRecord& record, std::size_t& contig) {
  Genome& genome = targets_.genome();
  const auto found = genome.find(record.contig);
  if (!found) return Verdict::unknown_contig;
  contig = *found;
  std::vector<BaseCode> written, there;
  if (!read_bases(record.ref, written)) return Verdict::not_bases;
  const Interval place{record.position, record.position + std::int64_t(written.size())};
  if (place.start < 0 || place.end > genome.contigs()[contig].size) return Verdict::past_end;
  genome.read(contig, place, there);
  return written == there ? Verdict::scored : Verdict::ref_mismatch;
}

void Planner::touch(std::size_t alt, std::size_t contig, const Edit& edit, std::vector<Touch>& all) {
  const auto touched = targets_.touched(contig, edit);
  if (touched.empty()) all.push_back({alt, Verdict::outside, nullptr, {}});
  for (const std::size_t id : touched) {
    auto target = targets_.target(id);
    auto there = on_target(*target, edit);
    const Verdict verdict = there ? verdict_of(*target, *there) : Verdict::exon_boundary;
    all.push_back({alt, verdict, std::move(target), there ? std::move(*there) : Edit{}});
  }
}

std::vector<Comparison> Planner::compare(std::span<const Touch> touches, DueStretches& due) {
  std::vector<Comparison> all;
  for (const Touch& touch : touches) {
    if (all.empty() || all.back().alt != touch.alt) known_.clear();
    all.push_back(compare(touch, due));
  }
  return all;
}

Comparison Planner::compare(const Touch& touch, DueStretches& due) {
  Comparison comparison{touch.alt, touch.target, touch.verdict, {}, touch.edit.growth(), {}, {}};
  if (touch.verdict != Verdict::scored) return comparison;
  const WindowPlan plan =
      plan_windows(touch.target->size(), touch.edit.replaced, std::int64_t(touch.edit.inserted.size()));
  comparison.plan = plan;
  if (plan.pairs == 0) {
    comparison.verdict = Verdict::no_window;
    return comparison;
  }
  std::vector<BaseCode> codes = edited(touch, plan.alt);
  const std::int64_t left_flank = touch.edit.replaced.start - plan.ref.first;
  // Flanks that are the same with ALT are the same with REF, for both stretches have the same.
  const auto same = std::find_if(known_.begin(), known_.end(), [&](const Known& known) {
    const Comparison& other = known.comparison;
    return known.codes == codes && other.plan.ref.count == plan.ref.count && known.left_flank == left_flank &&
           other.target->map.strand() == touch.target->map.strand();
  });
  if (same != known_.end()) {
    comparison.ref = same->comparison.ref;
    comparison.alt_windows = same->comparison.alt_windows;
    return comparison;
  }
  comparison.ref = reference_.windows(*touch.target, plan.ref, due);
  due.push_back(std::make_shared<WindowStretch>(codes));
  comparison.alt_windows = {{due.back(), 0, std::size_t(plan.alt.count)}};
  known_.push_back({std::move(codes), left_flank, comparison});
  return comparison;
}

// The bases under windows of the target with the allele.
std::vector<BaseCode> Planner::edited(const Touch& touch, WindowRun run) {
  const auto& [replaced, inserted] = touch.edit;
  std::vector<BaseCode> codes;
  targets_.read(*touch.target, {run.first, replaced.start}, codes);
  codes.insert(codes.end(), inserted.begin(), inserted.end());
  const std::int64_t end = run.first + run.count + kWindow - 1 - touch.edit.growth();
  targets_.read(*touch.target, {replaced.end, end}, codes);
  return codes;
}

}  // namespace iresweep
