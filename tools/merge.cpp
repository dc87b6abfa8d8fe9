// `iresweep merge`: the parts of a scan become what the scan in one run writes.
//
// A part says what it is of: the merge reads the input again as the scan would, and has every score from the parts.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <filesystem>
#include <memory>
#include <system_error>
#include <vector>

#include "host/journal/journal_file.h"
#include "host/journal/parts.h"
#include "host/output/output_file.h"
#include "tools/cli.h"
#include "tools/paths.h"
#include "tools/run_facts.h"
#include "tools/scan_options.h"
#include "tools/scan_run.h"

namespace iresweep::cli {
namespace {

namespace fs = std::filesystem;

constexpr const char* kMergeDescription =
    "Joins the parts of a scan that `iresweep scan --shard` has written.\n\n"
    "The result has the bytes of the same scan in one run. What is called and how rows look was said to the scans; "
    "here the files are named. The scans' inputs are read again, from the folder that the scans were started in.";

constexpr const char* kMergeFooter = R"(Examples:
  $ for k in 1 2 3; do iresweep scan --shard $k/3 --strand both -o hits.$k.part genome.fa; done
  $ iresweep merge -o hits.bed.gz --summary run.json hits.*.part

Parts may come in any order. One that is missing, named twice, cut short or of another scan is an error.

Exit codes:
  0 done; 1 failed; 2 wrong usage; 128 + signal when stopped by one.)";

struct MergeOptions {
  std::vector<std::string> parts;
  ScanOptions files;  ///< of these the files to write, threads and messages
};

void check_parts_stay(const MergeOptions& options) {
  std::vector<std::string> outputs{options.files.output, options.files.summary, options.files.html_report};
  for (const std::string& path : options.files.track.paths()) outputs.push_back(path);
  if (!written_directly(options.files.output)) outputs.push_back(journal_path(options.files.output));
  for (const std::string& part : options.parts)
    for (const std::string& output : outputs)
      if (clash(output, part)) throw UsageError("the output would overwrite a part", output, "name another output");
}

/// Names of files in the scan's options begin from `folder`, those in `files` from where the process is now.
void go_to(const std::string& folder, ScanOptions& files) {
  std::error_code fault;
  if (fs::equivalent(folder, fs::current_path(), fault)) return;
  for (std::string* path : {&files.output, &files.summary, &files.html_report, &files.track.prefix})
    if (!is_stream(*path)) *path = fs::absolute(*path).string();
  fs::current_path(folder, fault);
  if (fault)
    throw Error(fmt::format("cannot enter the folder that the scans were started in: {}", fault.message()), folder,
                "join the parts on a machine that has it, with the inputs");
}

int run_merge(const MergeOptions& options, const std::string& command_line) {
  check_parts_stay(options);
  const Parts parts(options.parts);
  ScanOptions scan;
  CLI::App recorded;
  declare_scan_options(recorded, scan);
  give_options(recorded, parts.facts());
  ScanOptions files = options.files;
  go_to(parts.folder(), files);
  scan.output = files.output;
  scan.summary = files.summary;
  scan.html_report = files.html_report;
  scan.track = files.track;
  scan.engine = files.engine;
  scan.messages = files.messages;
  return run_scan({.options = scan, .given = {}, .command_line = command_line, .parts = &parts});
}

}  // namespace

Command add_merge(CLI::App& program) {
  auto* app = program.add_subcommand("merge");
  const auto options = std::make_shared<MergeOptions>();
  app->description(kMergeDescription)->footer(kMergeFooter);
  app->add_option("PARTS", options->parts, "The parts, in any order.")->required();
  declare_output_files(*app, options->files);
  declare_threads(*app, options->files.engine);
  declare_message_options(*app, options->files.messages);
  return {app, [options](const std::string& command_line) { return run_merge(*options, command_line); }};
}

}  // namespace iresweep::cli
