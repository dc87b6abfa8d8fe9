// What all pages have in common: one file each, which asks nothing of any network.
#pragma once
#include <string>
#include <string_view>

namespace iresweep {

struct PageText {
  std::string_view title;
  std::string lead;    ///< markup: a sentence below the title
  std::string body;    ///< markup
  std::string style;   ///< rules besides those of page_style.h
  std::string script;  ///< runs last; empty: none
  /// The policy lets a browser run no other script, and load nothing, whatever a name in the page may try: base64 of
  /// the script's SHA-256.
  std::string_view script_hash;
};

std::string page(const PageText& text);

/// A number that stands out, of a grid in <dl class="counts">; `value` is markup.
std::string card(std::string_view id, std::string_view label, const std::string& value);

}  // namespace iresweep
