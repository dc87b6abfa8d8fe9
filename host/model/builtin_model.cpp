#include "host/model/builtin_model.h"

#include "host/model/model_file.h"
#include "iresweep/model.h"

// C++20 has no #embed, but every assembler that g++ and clang++ speak to takes a file in as it is.
// clang-format off
#define IRESWEEP_TAKE_IN(name, file)                  \
  __asm__(".pushsection .rodata\n"                    \
          ".global " name "_begin, " name "_end\n"    \
          ".hidden " name "_begin, " name "_end\n"    \
          name "_begin: .incbin \"" file "\"\n"       \
          name "_end: .popsection\n")
// clang-format on
IRESWEEP_TAKE_IN("iresweep_model", IRESWEEP_MODEL_FILE);
IRESWEEP_TAKE_IN("iresweep_card", IRESWEEP_CARD_FILE);

extern "C" __attribute__((visibility("hidden"))) const char iresweep_model_begin[], iresweep_model_end[],
    iresweep_card_begin[], iresweep_card_end[];

namespace iresweep {

Model builtin_model() {
  Model model = parse_model({iresweep_model_begin, iresweep_model_end}, kBuiltinName);
  check_model(model, kBuiltinName);
  return model;
}

std::string_view builtin_card() { return {iresweep_card_begin, iresweep_card_end}; }

}  // namespace iresweep
