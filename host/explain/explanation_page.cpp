#include "host/explain/explanation_page.h"

#include <fmt/format.h>

#include <cmath>
#include <iterator>
#include <nlohmann/json.hpp>
#include <optional>
#include <string_view>

#include "host/explain/page_script.h"
#include "host/explain/place_of_base.h"
#include "host/explain/window_picture.h"
#include "host/output/report/markup.h"
#include "host/output/report/page.h"
#include "iresweep/error.h"
#include "iresweep/model.h"

namespace iresweep {
namespace {

// In ASCII, and without what could end the element that it stands in.
std::string json_text(const std::string& text) {
  const std::string quoted = nlohmann::json(text).dump(-1, ' ', true, nlohmann::json::error_handler_t::replace);
  std::string safe;
  for (const char c : quoted) safe += c == '<' ? std::string("\\u003c") : std::string(1, c);
  return safe;
}

std::string number(std::int64_t value) { return fmt::format("{}", value); }
std::string number(double value) { return std::isnan(value) ? "null" : fmt::format("{:.6g}", value); }
// As the table has scores: in full.
std::string number(float value) { return std::isnan(value) ? "null" : fmt::format("{}", value); }

template <class Items, class Text>
std::string list(const Items& items, Text text) {
  std::string json = "[";
  for (const auto& item : items) json.append(json.size() > 1 ? "," : "").append(text(item));
  return json + "]";
}

template <class Items>
std::string numbers(const Items& items) {
  return list(items, [](auto item) { return number(item); });
}

std::string methods_json(const Explanation& explanation, const Methods& methods) {
  std::string json;
  for (const PositionValue& value : position_values(methods)) {
    WindowValues values{};
    for (int t = 0; t < kWindow; ++t) values[std::size_t(t)] = value.of(explanation, t);
    json += fmt::format("{}\"{}\":{}", json.empty() ? "" : ",", value.name, numbers(values));
  }
  json = "\"methods\":{" + json + "}";
  if (!methods.mutagenesis) return json;
  const auto change = [](float value) { return number(double(value)); };
  json += ",\"substitution\":" +
          list(explanation.mutations->substitution, [&](const auto& position) { return list(position, change); });
  if (methods.deletion > 0) json += ",\"deletion\":" + list(explanation.mutations->deletion, change);
  return json;
}

std::string page_json(const Explanation& explanation, const Methods& methods) {
  const ChosenWindow& window = explanation.window;
  std::string sequence, positions;
  for (int t = 0; t < kWindow; ++t) {
    const std::int64_t place = place_of_base(window, t);
    sequence += kBaseLetters[window.codes[std::size_t(t)]];
    positions.append(t > 0 ? "," : "").append(place < 0 ? "null" : number(place + 1));
  }
  return fmt::format(
      "{{\"record\":{},\"contig\":{},\"strand\":\"{}\",\"length\":{},\n\"profile\":{{\"start\":{},\n\"score\":{}}},\n"
      "\"picture\":{{\"left\":{},\"letter\":{}}},\n\"window\":{{\"start\":{},\"end\":{},\"score\":{},\"sequence\":\"{}"
      "\","
      "\"position\":[{}],\n{}}}}}",
      json_text(window.record->name), json_text(contig_of(window)), char(strand_of(window)), window.profile->length,
      numbers(window.profile->start), numbers(window.profile->score), kPictureLeft, kPictureLetter, window.place.start,
      window.place.end, number(score_of(window.logit)), sequence, positions, methods_json(explanation, methods));
}

std::string counts_part(const ChosenWindow& window) {
  return "<dl class=\"counts\">\n" + card("bases", "bases", grouped(std::uint64_t(window.profile->length))) +
         card("windows", "windows scored", grouped(window.profile->windows)) +
         card("best", "score of the best window", fmt::format("{}", score_of(window.logit))) + "</dl>\n";
}

constexpr std::string_view kProfilePart = R"(<h2>Scores along the sequence</h2>
<p class="soft">A point is a window, at its middle; the best one is shaded. Drag over a part to zoom in, or turn the wheel.</p>
<p class="tools"><button id="in">zoom in</button> <button id="out">zoom out</button> <button id="all">all</button>
<output id="profile-text">point at a window</output></p>
<figure><svg id="profile" role="img" aria-label="Scores along the sequence" viewBox="0 0 720 240"></svg></figure>
)";

// Of a scan's hit the best window alone is read, unless asked for more: one point is no curve.
std::string profile_part(const ChosenWindow& window) {
  if (window.profile->windows > 1 || !window.record->map) return std::string(kProfilePart);
  return std::string(kProfilePart) +
         "<p class=\"soft\" id=\"one-window\">One window of the BED's row was read, as of a scan's hit the best one. "
         "Where "
         "the row is longer, <code>--rows whole</code> shows the scores along all of it.</p>\n";
}

std::string window_part(const Explanation& explanation, const Methods& methods) {
  std::string html =
      "<h2>The best window</h2>\n<p class=\"soft\">Letters are as high as a method's value for their base";
  if (methods.mutagenesis)
    html += "; below, what each substitution does to the logit: orange raises it, blue lowers it";
  return html +
         ". The picture is wide: scroll sideways.</p>\n<p class=\"tools\"><output id=\"window-text\">point at a "
         "base</output></p>\n"
         "<figure id=\"window\">" +
         window_svg(explanation, methods) + "</figure>\n";
}

std::string facts_part(const PageFacts& facts) {
  std::string rows;
  for (const auto& [what, value] : facts) rows += table_row({escaped(what), escaped(value)});
  return "<h2>The run</h2>\n<table class=\"facts\">\n" + rows + "</table>\n";
}

}  // namespace

std::string explanation_page(const Explanation& explanation, const Methods& methods, const PageFacts& facts) {
  const ChosenWindow& window = explanation.window;
  if (window.profile->windows > ScoreProfile::kMost)
    throw Error(fmt::format("a page shows {} windows at most, of {}", grouped(ScoreProfile::kMost),
                            grouped(window.profile->windows)),
                fmt::format("record '{}'", window.record->name), "raise --step, or explain a part of it");
  const std::string data = page_json(explanation, methods);
  return page({.title = "iresweep: why this window",
               .lead = "<b>" + escaped(window.record->name) +
                       "</b>. Values tell what the network answers to, not what a ribosome does. A score is not a "
                       "probability.",
               .body = counts_part(window) + profile_part(window) + window_part(explanation, methods) +
                       facts_part(facts) + "<script type=\"application/json\" id=\"data\">" + data + "</script>\n",
               .style = kExplanationStyle,
               .script = kExplanationScript,
               .script_hash = kExplanationScriptHash});
}

}  // namespace iresweep
