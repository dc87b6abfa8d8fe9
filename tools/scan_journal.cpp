#include "tools/scan_journal.h"

#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include <algorithm>
#include <filesystem>
#include <string_view>

#include "host/output/output_file.h"
#include "iresweep/error.h"
#include "tools/paths.h"

namespace iresweep::cli {
namespace {

namespace fs = std::filesystem;

bool reads_stream(const ScanOptions& options) {
  const auto files = options.input.all_files();
  return std::any_of(files.begin(), files.end(), is_stream);
}

// Only what this run is made of: the parts say more.
void check_same(const Parts& parts, const RunFacts& facts) {
  RunFacts of_parts = parts.facts();
  std::erase_if(of_parts, [&facts](const auto& fact) { return !facts.contains(fact.first); });
  if (const auto other = difference(of_parts, facts))
    throw Error("the parts are not of the inputs and the program that are here now: " + *other,
                parts.scores().front()->path(), "bring those back, or scan the parts anew");
}

// What a finished part is of; nothing where the file is none. Left out are the number of windows, which follows from
// the rest and takes a pass over the input, and the folder: an input is told by what it is, wherever it is mounted.
std::optional<RunFacts> facts_of_part(const std::string& path) {
  try {
    RunFacts facts = PartFile(path).facts();
    facts.erase(kWindowsFact);
    facts.erase(kFolderFact);
    return facts;
  } catch (const Error&) {
    return std::nullopt;
  }
}

}  // namespace

ScanJournal::ScanJournal(const ScanOptions& options, const Parts* parts) : options_(options), parts_(parts) {
  if (!written_directly(options.output)) file_.emplace(options.output);
  recall_.emplace(std::vector<const Scores*>());
  if (file_ && file_->was_there())
    for (const std::string& path : outputs()) remove_leftovers(path);
}

std::vector<std::string> ScanJournal::outputs() const {
  std::vector<std::string> all{options_.output, options_.output + ".tbi", options_.output + ".csi"};
  for (const std::string& path : {options_.summary, options_.html_report})
    if (!path.empty()) all.push_back(path);
  for (const std::string& path : options_.track.paths()) all.push_back(path);
  return all;
}

bool ScanJournal::finished(const RunFacts& facts) const {
  if (!options_.resume || file_->contents().facts || !fs::exists(options_.output)) return false;
  const auto before = facts_of_part(options_.output);
  if (!before) return false;
  const auto other = difference(*before, facts);
  // A run that was killed before it had a word in its journal was to replace the part.
  if (other && !file_->was_there())
    throw Error("the part is finished, and one of another run: " + *other, options_.output,
                "give the same options and inputs, or leave --resume out to make it anew");
  return !other;
}

void ScanJournal::tell_what_is_dropped() const {
  const JournalContents& before = file_->contents();
  if (before.windows() > 0)
    spdlog::warn("{}: {} windows that an unfinished run has scored are dropped; --resume would go on with them",
                 file_->path(), before.windows());
  else if (before.size > 0 && !before.facts)
    spdlog::warn("{}: its beginning is damaged; what an unfinished run has scored cannot be read, and is dropped",
                 file_->path());
  else if (options_.resume && !options_.shard() && fs::exists(options_.output))
    spdlog::info("{} is there, but not what it was made with: it is made anew", options_.output);
}

std::optional<std::string> ScanJournal::mere_lock() const {
  const bool mere = file_ && (reads_stream(options_) || (parts_ && file_->contents().windows() == 0));
  return mere ? std::optional(file_->path()) : std::nullopt;
}

void ScanJournal::begin(const RunFacts& facts, const StrandRanges& wanted) {
  if (parts_) {
    check_same(*parts_, facts);
    recall_.emplace(parts_->scores());
    if (file_) tell_what_is_dropped();
    return;
  }
  if (!file_ || reads_stream(options_)) return;
  const JournalContents& before = file_->contents();
  if (options_.resume && before.facts) {
    if (const auto other = difference(*before.facts, facts))
      throw Error("--resume goes on with the run that was stopped, and this is another one: " + *other, file_->path(),
                  "give the same options and inputs, or leave --resume out to begin anew");
    spdlog::info("going on: {} windows are scored already", before.windows());
    file_->go_on();
  } else {
    tell_what_is_dropped();
    file_->begin(facts);
  }
  recall_.emplace(std::vector<const Scores*>{&*file_}, wanted);
  recorder_.emplace(*file_, wanted);
}

void ScanJournal::end() {
  if (file_) file_->remove();
}

void ScanJournal::end_part() {
  if (!recorder_->complete())
    throw Error("the input had fewer windows when it was scored than when they were counted", options_.output,
                "give files that nothing writes to");
  file_->become_output();
}

std::string command_to_go_on(const ScanOptions& options, const std::string& command_line) {
  if (written_directly(options.output) || reads_stream(options) || !fs::exists(journal_path(options.output))) return {};
  constexpr std::string_view kScan = "iresweep scan";
  return options.resume ? command_line : fmt::format("{} --resume{}", kScan, command_line.substr(kScan.size()));
}

}  // namespace iresweep::cli
