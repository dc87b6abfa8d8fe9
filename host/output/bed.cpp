// Hits as BED9+.
#include <fmt/format.h>

#include <array>
#include <cmath>
#include <iterator>
#include <string>
#include <string_view>

#include "host/output/hit_format.h"
#include "host/scan/significance.h"

namespace iresweep {
namespace {

constexpr std::string_view kHeader =
    "#chrom\tstart\tend\tname\tscore\tstrand\tthickStart\tthickEnd\titemRgb\t"
    "iresScore\tp\twindows\tbestStart\tbestEnd\tmissing\tgene\ttranscripts\treads\n";

// From light to dark blue as p falls: one hue, so that it reads the same to every eye, and in print. Grey without p.
constexpr std::array<std::string_view, kSignificanceLevels> kColours = {
    "202,210,224", "170,190,219", "136,166,211", "100,140,199", "64,112,181", "35,82,152", "12,48,105"};
constexpr std::string_view kPlainColour = "96,96,96";

// A row that begins with '#' is a comment to every reader of BED, and the hit would be lost.
std::string shown(const std::string& name) {
  if (name.empty()) return ".";
  return name.front() == '#' ? "%23" + name.substr(1) : name;
}

void append(const Hit& hit, std::string& out) {
  const std::string name = shown(hit.record->name);
  const std::string_view colour = hit.p ? kColours[std::size_t(significance(*hit.p))] : kPlainColour;
  const auto to = std::back_inserter(out);
  fmt::format_to(to, "{}\t{}\t{}\t{}\t{}\t{}\t", name, hit.start, hit.end, name, std::lround(1000.0 * hit.score),
                 char(hit.strand));
  fmt::format_to(to, "{}\t{}\t{}\t{:.6f}\t{}\t", hit.best_start, hit.best_end, colour, hit.score,
                 hit.p ? fmt::format("{:.3g}", *hit.p) : ".");
  fmt::format_to(to, "{}\t{}\t{}\t{}\t.\t.\t.\n", hit.windows, hit.best_start, hit.best_end, hit.missing);
}

}  // namespace

HitFormat bed_format() { return {std::string(kHeader), append}; }

}  // namespace iresweep
