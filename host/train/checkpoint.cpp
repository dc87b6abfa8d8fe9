#include "host/train/checkpoint.h"

#include <torch/serialize.h>

#include <nlohmann/json.hpp>
#include <sstream>

#include "host/model/file_bytes.h"
#include "host/train/record.h"
#include "iresweep/error.h"

namespace iresweep::train {

void write_checkpoint(const std::string& path, const std::string& run, const RunState& state) {
  nlohmann::json facts{{"run", run},
                       {"epochs", json_of(state.epochs)},
                       {"kept_epoch", state.kept_epoch},
                       {"epochs_without_gain", state.epochs_without_gain},
                       {"rate_scale", state.rate_scale},
                       {"best_value", state.best_value}};
  torch::serialize::OutputArchive archive;
  archive.write("facts", c10::IValue(facts.dump()));
  for (std::size_t i = 0; i < state.tensors.size(); ++i)
    archive.write("tensor" + std::to_string(i), state.tensors[i].detach());
  std::ostringstream bytes;
  archive.save_to(bytes);
  replace_file(path, bytes.str());
}

void read_checkpoint(const std::string& path, const std::string& run, RunState& state) {
  torch::serialize::InputArchive archive;
  c10::IValue text;
  try {
    std::istringstream bytes(read_file(path));
    archive.load_from(bytes);
    archive.read("facts", text);
  } catch (const c10::Error&) {
    throw Error("the file is no checkpoint, or it is damaged", path, "remove it to start afresh");
  }
  const auto facts = nlohmann::json::parse(text.toStringRef());
  if (facts.at("run") != run)
    throw Error("the checkpoint belongs to another run: other data or options", path,
                "remove it to start afresh, or give the options that it was made with");
  const torch::NoGradGuard guard;
  for (std::size_t i = 0; i < state.tensors.size(); ++i) {
    torch::Tensor value;
    archive.read("tensor" + std::to_string(i), value);
    state.tensors[i].copy_(value);
  }
  state.epochs = epochs_of(facts.at("epochs"));
  state.kept_epoch = facts.at("kept_epoch");
  state.epochs_without_gain = facts.at("epochs_without_gain");
  state.rate_scale = facts.at("rate_scale");
  state.best_value = facts.at("best_value");
}

}  // namespace iresweep::train
