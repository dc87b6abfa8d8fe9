#include "host/output/report/page.h"

#include <fmt/format.h>

#include "host/output/report/page_style.h"

namespace iresweep {

std::string page(const PageText& text) {
  const std::string scripts = text.script.empty() ? "" : fmt::format("; script-src 'sha256-{}'", text.script_hash);
  std::string html = fmt::format(
      "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<title>{0}</title>\n"
      "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'{1}\">\n"
      "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<style>{2}{3}</style>\n</head>\n"
      "<body>\n<h1>{0}</h1>\n<p class=\"soft\">{4}</p>\n",
      text.title, scripts, kPageStyle, text.style, text.lead);
  html += text.body;
  if (!text.script.empty()) html += "<script>" + text.script + "</script>\n";
  return html + "</body>\n</html>\n";
}

std::string card(std::string_view id, std::string_view label, const std::string& value) {
  return fmt::format("<div><dt>{}</dt><dd id=\"{}\">{}</dd></div>\n", label, id, value);
}

}  // namespace iresweep
