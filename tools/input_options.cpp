#include "tools/input_options.h"

#include <algorithm>

#include "tools/cli.h"

namespace iresweep::cli {

std::vector<std::string> InputOptions::all_files() const {
  std::vector<std::string> all = files;
  if (regions_file) all.push_back(*regions_file);
  return all;
}

void declare_input_options(CLI::App& scan, InputOptions& options) {
  const char* group = "What is scored";
  scan.add_option("INPUT", options.files,
                  "FASTA files of RNA or DNA, plain, gzip or bgzip (told apart by content); '-' is standard input. "
                  "Read in the order given.")
      ->required();
  scan.add_option("--name-until", options.name_until,
                  "Cut record names before this text, e.g. '|'. Default: at the first blank only.")
      ->type_name("TEXT")
      ->group(group);
  auto* regions =
      scan.add_option("--regions", options.regions,
                      "Scan these parts of the input only: NAME or NAME:FROM-TO (1-based, both included) with "
                      "commas between them, e.g. chr1:1,000-2,000,chr2. Each is a record of its own; those "
                      "that overlap are merged. Needs plain or bgzip FASTA. Default: everything.")
          ->type_name("LIST")
          ->group(group);
  scan.add_option("--regions-file", options.regions_file,
                  "The same, from the first three columns of a BED file, plain or gzip. Default: none.")
      ->type_name("BED")
      ->group(group)
      ->excludes(regions);
}

void check_input_options(const InputOptions& options) {
  const auto all = options.all_files();
  if (std::count(all.begin(), all.end(), "-") > 1)
    throw UsageError("standard input is named twice", "'-'", "name it once");
}

}  // namespace iresweep::cli
