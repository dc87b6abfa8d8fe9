#include "host/output/output_format.h"

#include <array>
#include <filesystem>
#include <string_view>

namespace iresweep {

std::optional<OutputFormat> output_format(const std::string& path) {
  using Kind = OutputFormat::Kind;
  constexpr std::string_view packed = ".gz";
  struct Extension {
    std::string_view text;
    Kind kind;
  };
  constexpr std::array extensions = {Extension{".bed", Kind::bed}, Extension{".csv", Kind::csv},
                                     Extension{".tsv", Kind::tsv}};
  if (path.empty() || path == "-") return OutputFormat{};
  std::string_view name = path;
  const bool bgzip = name.ends_with(packed);
  if (bgzip) name.remove_suffix(packed.size());
  for (const auto& [text, kind] : extensions)
    if (name.ends_with(text)) return OutputFormat{kind, bgzip};
  std::error_code none;
  if (std::filesystem::is_other(path, none)) return OutputFormat{};
  return std::nullopt;
}

}  // namespace iresweep
