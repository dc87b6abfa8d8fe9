// One window as a picture.
#pragma once
#include <string>

#include "host/explain/methods.h"

namespace iresweep {

/// Pixels of the picture: where its columns begin, and how wide each is, a column a position of the window.
inline constexpr double kPictureLeft = 180, kPictureLetter = 10;

/// An SVG: for every method the window's letters (U for T, as RNA has it), each as high as its value, below the line
/// where it is negative; of mutagenesis also every substitution as a heat map, orange where it raises the logit, blue
/// where it lowers it.
std::string window_svg(const Explanation& explanation, const Methods& methods);

}  // namespace iresweep
