#include "host/output/track/strand_files.h"

#include <fmt/format.h>

#include <algorithm>
#include <limits>
#include <utility>

#include "host/output/track/largest_value.h"
#include "host/output/track_line.h"
#include "iresweep/error.h"

namespace iresweep {
namespace {

constexpr std::int64_t kLongest = std::numeric_limits<std::uint32_t>::max();
constexpr const char* kOtherFormat = "give --track-format bedgraph";

std::vector<Contig> checked_for_bigwig(std::vector<Contig> contigs) {
  std::erase_if(contigs, [](const Contig& contig) { return contig.size == 0; });
  std::sort(contigs.begin(), contigs.end(), [](const Contig& a, const Contig& b) { return a.name < b.name; });
  const auto twice = std::adjacent_find(contigs.begin(), contigs.end(),
                                        [](const Contig& a, const Contig& b) { return a.name == b.name; });
  if (twice != contigs.end())
    throw Error("two records have one name: a bigWig file cannot tell them apart", fmt::format("'{}'", twice->name),
                fmt::format("give each a name of its own, or {}", kOtherFormat));
  for (const Contig& contig : contigs)
    if (contig.size > kLongest)
      throw Error("the record is longer than 2^32 - 1 bases, which is what a track can hold",
                  fmt::format("'{}'", contig.name), "cut it");
  return contigs;
}

}  // namespace

std::string strand_file_path(const std::string& prefix, TrackFormat format, Strand strand) {
  return fmt::format("{}.{}.{}", prefix, strand == Strand::plus ? "plus" : "minus",
                     format == TrackFormat::bigwig ? "bw" : "bedgraph");
}

StrandFiles::StrandFiles(StrandFileOptions options, std::vector<Contig> contigs)
    : options_(std::move(options)),
      contigs_(options_.format == TrackFormat::bigwig ? checked_for_bigwig(std::move(contigs)) : std::move(contigs)) {
  for (std::size_t i = 0; i < contigs_.size(); ++i) numbers_.emplace(contigs_[i].name, std::uint32_t(i));
  for (const Strand strand : {Strand::plus, Strand::minus}) {
    if (!(strand == Strand::plus ? options_.plus : options_.minus)) continue;
    const std::string path = strand_file_path(options_.prefix, options_.format, strand);
    strands_[strand == Strand::minus] = std::make_unique<StrandTrack>(StrandTrack{ValueSpool(path), make_file(strand)});
  }
}

std::unique_ptr<TrackFile> StrandFiles::make_file(Strand strand) const {
  const std::string path = strand_file_path(options_.prefix, options_.format, strand);
  if (options_.format == TrackFormat::bigwig) return make_bigwig(path, contigs_, options_.width);
  const std::string name = options_.track_name.empty() ? "" : fmt::format("{} {}", options_.track_name, char(strand));
  return make_bedgraph(path, contigs_, track_line(name, options_.track_settings));
}

void StrandFiles::add(const Record& record, Strand strand, Interval stretch, float value) {
  if (!record.map) return add(record.name, strand, stretch, value);
  for (const Interval& block : record.map->project(stretch))
    add(record.map->contig(), record.map->strand_of(strand), block, value);
}

void StrandFiles::add(const std::string& contig, Strand strand, Interval stretch, float value) {
  const std::uint32_t number = number_of(contig);
  const bool known = options_.format == TrackFormat::bigwig;
  if (stretch.end > (known ? contigs_[number].size : kLongest))
    throw Error(fmt::format("the record ends at base {}, and a track of it cannot go beyond", contigs_[number].size),
                fmt::format("'{}', base {}", contig, stretch.end), "leave the input alone while it is scanned");
  strands_[strand == Strand::minus]->spool.write(
      {number, std::uint32_t(stretch.start), std::uint32_t(stretch.end), value});
}

std::uint32_t StrandFiles::number_of(const std::string& contig) {
  if (const auto found = numbers_.find(contig); found != numbers_.end()) return found->second;
  if (options_.format == TrackFormat::bigwig)
    throw Error("a record was not there when the sizes of all were read", fmt::format("'{}'", contig),
                "leave the input alone while it is scanned");
  contigs_.push_back({contig, 0});
  return numbers_.emplace(contig, std::uint32_t(contigs_.size() - 1)).first->second;
}

void StrandFiles::close() {
  for (auto& track : strands_) {
    if (!track) continue;
    LargestValue flat(*track->file);
    track->spool.drain(flat);
    flat.finish();
    track->file->close();
  }
}

void StrandFiles::commit() {
  for (auto& track : strands_)
    if (track) track->file->commit();
}

std::vector<std::string> StrandFiles::temporary_paths() const {
  std::vector<std::string> paths;
  for (const auto& track : strands_)
    if (track && track->file->file().renames()) paths.push_back(track->file->file().written_path());
  return paths;
}

}  // namespace iresweep
