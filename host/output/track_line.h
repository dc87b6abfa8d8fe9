// The line that the UCSC browser wants before a custom track.
#pragma once
#include <string>
#include <string_view>

namespace iresweep {

/// `track SETTINGS name="NAME" description="NAME"`, with its end; nothing where the name is empty. Quotes in a name
/// become apostrophes, for the browser knows no other way, and control characters blanks.
std::string track_line(std::string_view name, std::string_view settings);

}  // namespace iresweep
