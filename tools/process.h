// What a process must see to before and around all else.
#pragma once
#include <system_error>

#include "iresweep/error.h"

namespace iresweep::cli {

/// First of all in main(). Whoever starts the program may have closed its standard streams (2>&-): the next file that
/// is opened would get their number, and messages would go into it. They are opened here so that standard input cannot
/// be read nor standard output written, which is an error as it should be, and messages go nowhere. A file that
/// outgrows its limit (ulimit -f) becomes an error of the write instead of a signal that kills.
void begin_process();

/// What the system has refused, most often a thread, as an error that names what to do.
Error told(const std::system_error& fault);

}  // namespace iresweep::cli
