// Numbers as bigWig has them.
#pragma once
#include <bit>
#include <string>
#include <type_traits>

namespace iresweep {

static_assert(std::endian::native == std::endian::little, "written as they lie in memory");

template <class Number>
void append_number(std::string& out, Number number) {
  static_assert(std::is_arithmetic_v<Number>);
  out.append(reinterpret_cast<const char*>(&number), sizeof number);
}

}  // namespace iresweep
