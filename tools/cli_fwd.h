#pragma once

// CLI11 has no header of declarations, and the whole of it costs every file that includes it seconds to compile.
namespace CLI {
class App;
class ParseError;
}  // namespace CLI
