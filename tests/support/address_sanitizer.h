// IRESWEEP_ADDRESS_SANITIZER is 1 in a build with that sanitizer, 0 in others: g++ and clang tell it by different
// names.
#pragma once

#if defined(__SANITIZE_ADDRESS__)
#define IRESWEEP_ADDRESS_SANITIZER 1
#elif defined(__has_feature)
#define IRESWEEP_ADDRESS_SANITIZER __has_feature(address_sanitizer)
#else
#define IRESWEEP_ADDRESS_SANITIZER 0
#endif
