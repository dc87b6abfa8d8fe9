// A page about one sequence, to look at: scores along it, and why its best window scores as it does.
#pragma once
#include <string>
#include <utility>
#include <vector>

#include "host/explain/methods.h"

namespace iresweep {

/// A row of the page's last table: what, and its value; plain text.
using PageFacts = std::vector<std::pair<std::string, std::string>>;

/// One file of HTML. `explanation` is of the record's window of the highest score and must have a profile. What the
/// page shows stands in it as JSON, too, in the element "data", numbers as the table has them; null where there is
/// none:
///   record, contig, strand, length (bases of the record)
///   profile {start [window] (on the record, from 0), score [window]}
///   window {start, end, score, sequence [174 letters], position [174] (on the contig, from 1; null for padding),
///           methods {METHOD [174]}, substitution [174][4] (A, C, G, T), deletion [174 - k + 1]}
/// Throws Error for a record of more than ScoreProfile::kMost windows.
std::string explanation_page(const Explanation& explanation, const Methods& methods, const PageFacts& facts);

}  // namespace iresweep
