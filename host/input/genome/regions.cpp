#include "host/input/genome/regions.h"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <limits>

#include "host/input/bed_lines.h"
#include "host/input/fasta_faults.h"
#include "host/input/fields.h"
#include "host/input/line_reader.h"
#include "iresweep/error.h"

namespace iresweep {
namespace {

constexpr std::int64_t kToTheEnd = std::numeric_limits<std::int64_t>::max();
constexpr const char* kForm = "a region reads NAME or NAME:FROM-TO, e.g. chr1:1,000-2,000";

// Cuts `stretch` at the end of its contig and adds what is left of it.
void add(Regions& found, const Contigs& contigs, std::size_t contig, Interval stretch, const std::string& place,
         std::string_view shown) {
  const auto& [name, size] = contigs[contig];
  if (stretch.start < 0) throw Error(fmt::format("region {} begins before its contig", in_quotes(shown)), place, kForm);
  if (stretch.end <= stretch.start)
    throw Error(fmt::format("region {} is reversed or empty", in_quotes(shown)), place,
                "its end must lie behind its start");
  if (stretch.end > size && stretch.end != kToTheEnd)
    found.notes.push_back(fmt::format("region {} reaches past the end of {} ({} bases): {}", in_quotes(shown),
                                      in_quotes(name), size, stretch.start < size ? "cut there" : "left out"));
  stretch.end = std::min(stretch.end, size);
  if (stretch.start < stretch.end) found.regions.push_back({contig, stretch});
}

std::size_t find_contig(const Contigs& contigs, std::string_view name, const std::string& place) {
  if (const auto contig = contigs.find(name)) return *contig;
  throw Error(fmt::format("no contig is called {}", in_quotes(name)), place,
              fmt::format("the input has {} contigs, the first is {}", contigs.all().size(),
                          in_quotes(contigs.all().front().name)));
}

bool digits(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](unsigned char c) { return std::isdigit(c); });
}

// Whether `text` ends within a number that a comma and three more digits may continue: "chr1:1", "chr1:1,000-2".
bool number_goes_on(std::string_view text) {
  const std::size_t last = text.find_last_not_of("0123456789");
  return last != text.npos && last + 1 < text.size() && text.find(':') != text.npos &&
         (text[last] == ':' || text[last] == '-' || text[last] == ',');
}

bool continues_number(std::string_view part) {
  return part.size() >= 3 && digits(part.substr(0, 3)) && (part.size() == 3 || part[3] == '-');
}

std::vector<std::string> split_list(std::string_view text) {
  std::vector<std::string> regions;
  for (const std::string_view part : split_fields(text, ',')) {
    const bool braced =
        !regions.empty() && regions.back().starts_with('{') && regions.back().find('}') == std::string::npos;
    if (!regions.empty() && (braced || (number_goes_on(regions.back()) && continues_number(part))))
      regions.back().append(",").append(part);
    else
      regions.emplace_back(part);
  }
  return regions;
}

// "1,000-2,000", "1,000-", "-2,000" or "1,000".
bool parse_range(std::string range, Interval& stretch) {
  std::erase(range, ',');
  const std::size_t dash = range.find('-');
  const std::string from = range.substr(0, dash), to = dash == range.npos ? "" : range.substr(dash + 1);
  if (from.empty() && to.empty()) return false;
  std::int64_t first = 1;
  stretch.end = kToTheEnd;
  if ((!from.empty() && !(digits(from) && parse_number(from, first))) ||
      (!to.empty() && !(digits(to) && parse_number(to, stretch.end))))
    return false;
  stretch.start = first - 1;
  return true;
}

void parse_region(const std::string& text, const Contigs& contigs, const std::string& place, Regions& found) {
  const bool braced = text.starts_with('{');
  const std::size_t brace = braced ? text.find('}') : 0;
  const std::size_t colon = braced ? text.find(':', brace) : text.rfind(':');
  if (brace == text.npos || text.empty()) throw Error(fmt::format("{} is no region", in_quotes(text)), place, kForm);
  const std::string name = braced ? text.substr(1, brace - 1) : text.substr(0, colon);
  Interval stretch{0, kToTheEnd};
  const bool ranged = colon != text.npos && parse_range(text.substr(colon + 1), stretch);
  const auto whole = braced ? std::nullopt : contigs.find(text);
  if (whole && ranged && contigs.find(name))
    throw Error(fmt::format("{} is a contig and a region of another", in_quotes(text)), place,
                fmt::format("write {{{}}} or {{{}}}:{}", text, name, text.substr(colon + 1)));
  if (whole) return add(found, contigs, *whole, {0, kToTheEnd}, place, text);
  if (braced && colon != text.npos && colon != brace + 1)
    throw Error(fmt::format("{} is no region", in_quotes(text)), place, kForm);
  const std::size_t contig = find_contig(contigs, colon != text.npos && !ranged && !braced ? text : name, place);
  if (colon != text.npos && !ranged) throw Error(fmt::format("{} is no region", in_quotes(text)), place, kForm);
  add(found, contigs, contig, stretch, place, text);
}

}  // namespace

Regions parse_regions(std::string_view text, const Contigs& contigs) {
  Regions found;
  for (const std::string& region : split_list(text)) parse_region(region, contigs, "--regions", found);
  return found;
}

Regions read_regions(const std::string& path, const Contigs& contigs) {
  Regions found;
  LineReader lines(path);
  while (const auto line = lines.next()) {
    if (!is_bed_data(*line)) continue;
    const auto fields = split_fields(*line, '\t');
    Interval stretch;
    if (fields.size() < 3 || !parse_position(fields[1], stretch.start) || !parse_position(fields[2], stretch.end))
      throw Error(fmt::format("{} is no line of a BED file", in_quotes(*line)), lines.place(),
                  "give contig, start and end with tabs between them");
    const std::string shown = fmt::format("{} {} {}", fields[0], fields[1], fields[2]);
    add(found, contigs, find_contig(contigs, fields[0], lines.place()), stretch, lines.place(), shown);
  }
  return found;
}

std::vector<Region> merge_regions(std::vector<Region> regions) {
  std::sort(regions.begin(), regions.end());
  std::vector<Region> merged;
  for (const Region& region : regions) {
    if (!merged.empty() && merged.back().contig == region.contig && region.stretch.start < merged.back().stretch.end)
      merged.back().stretch.end = std::max(merged.back().stretch.end, region.stretch.end);
    else
      merged.push_back(region);
  }
  return merged;
}

}  // namespace iresweep
