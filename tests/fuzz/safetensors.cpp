// A model file of iresweep's own: any file, or any header before sound weights. What is taken is written and read back
// as the same.
#include "host/model/safetensors.h"

#include "host/model/model_file.h"
#include "tests/fuzz/fuzz.h"
#include "tests/support/model_files.h"

namespace iresweep::fuzz {
namespace {

const test::OwnFileParts& parts() {
  static const test::OwnFileParts parts = test::own_file_parts(test::seeded_model(1));
  return parts;
}

}  // namespace

void run(Input input) {
  const bool sound_weights = input.byte() & 1;
  const std::string file =
      sound_weights ? test::join(std::string(input.rest()), parts().data) : std::string(input.rest());
  const Model model = parse_model(file, "m");
  check_model(model, "m");
  const Model again = parse_model(format_model(model), "m");
  hold(weights_hash(again.network) == weights_hash(model.network) && again.provenance == model.provenance &&
           again.step == model.step && again.null_table.has_value() == model.null_table.has_value(),
       "what is written is what was read");
}

std::vector<std::string> seeds() {
  std::vector<std::string> all;
  all.push_back(std::string(1, '\1') + parts().header.dump());
  all.push_back(std::string(1, '\0') + format_model(test::seeded_model(2)));
  const std::string tiny =
      R"({"__metadata__":{"format":"iresweep"},"a":{"dtype":"F64","shape":[1],"data_offsets":[0,8]}})";
  all.push_back(std::string(1, '\0') + test::join(tiny, std::string(8, '\0')));
  all.push_back(std::string(1, '\0') + test::join("{}", ""));
  return all;
}

}  // namespace iresweep::fuzz
