#include "host/explain/explanation_table.h"

#include <fmt/format.h>

#include <cmath>
#include <iterator>

#include "host/explain/place_of_base.h"
#include "iresweep/model.h"

namespace iresweep {
namespace {

void append_value(std::string& out, double value) {
  if (std::isnan(value))
    out += "\t.";
  else
    fmt::format_to(std::back_inserter(out), "\t{:.6g}", value);
}

std::string header(const Methods& methods, const std::vector<PositionValue>& values) {
  std::string line = "window\tname\tscore\tcontig\tposition\tstrand\tbase";
  for (const PositionValue& value : values) line.append("\t").append(value.name);
  if (methods.mutagenesis) line += "\tto_A\tto_C\tto_G\tto_T";
  if (methods.mutagenesis && methods.deletion > 0) line += "\tdeletion";
  return line + "\n";
}

}  // namespace

ExplanationTable::ExplanationTable(const std::string& path, bool bgzip, const Methods& methods)
    : file_(path, bgzip ? OutputFile::Packing::bgzip : OutputFile::Packing::plain),
      methods_(methods),
      values_(position_values(methods)) {
  file_.write(header(methods_, values_));
}

void ExplanationTable::write(const Explanation& explanation) {
  const ChosenWindow& window = explanation.window;
  const std::string before =
      fmt::format("{}\t{}\t{}\t{}", ++windows_, window.record->name, score_of(window.logit), contig_of(window));
  text_.clear();
  for (int t = 0; t < kWindow; ++t) {
    if (window.base(t) < 0) continue;
    fmt::format_to(std::back_inserter(text_), "{}\t{}\t{}\t{}", before, place_of_base(window, t) + 1,
                   char(strand_of(window)), kBaseLetters[window.codes[t]]);
    for (const PositionValue& value : values_) append_value(text_, value.of(explanation, t));
    if (methods_.mutagenesis) {
      for (const float change : explanation.mutations->substitution[t]) append_value(text_, double(change));
      if (methods_.deletion > 0) append_value(text_, deletion_at(explanation, t));
    }
    text_ += '\n';
  }
  file_.write(text_);
}

}  // namespace iresweep
