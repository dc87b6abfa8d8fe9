// `iresweep train`: makes way for iresweep-train, the program that alone needs LibTorch.
#include <fmt/format.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <sstream>
#include <vector>

#include "tools/cli.h"

namespace iresweep::cli {
namespace {

namespace fs = std::filesystem;

constexpr const char* kTrainer = "iresweep-train";

/// Beside this program, where a package may keep what only programs start, then along $PATH.
std::vector<fs::path> places_to_look() {
  std::vector<fs::path> folders;
  std::error_code unknown;
  if (const fs::path self = fs::read_symlink("/proc/self/exe", unknown); !unknown)
    folders = {self.parent_path(), self.parent_path().parent_path() / "libexec"};
  const char* path = std::getenv("PATH");
  std::istringstream list(path != nullptr ? path : "");
  for (std::string folder; std::getline(list, folder, ':');)
    if (!folder.empty()) folders.emplace_back(folder);
  return folders;
}

}  // namespace

void declare_train(CLI::App& program) {
  program.add_subcommand("train", "Trains networks on labelled windows (by iresweep-train, a package of its own).");
}

void become_trainer(char** arguments) {
  for (const fs::path& folder : places_to_look()) {
    std::string path = folder / kTrainer;
    std::error_code ignored;
    if (!fs::is_regular_file(path, ignored) || access(path.c_str(), X_OK) != 0) continue;
    std::vector<char*> words{path.data()};
    for (; *arguments != nullptr; ++arguments) words.push_back(*arguments);
    words.push_back(nullptr);
    execv(path.c_str(), words.data());
    throw Error(fmt::format("cannot start the trainer: {}", std::strerror(errno)), path, "install it again");
  }
  throw Error("the trainer is not here: neither beside iresweep, nor in ../libexec, nor in PATH", kTrainer,
              "install the package iresweep-train, or build iresweep where LibTorch is (Debian: libtorch-dev)");
}

}  // namespace iresweep::cli
