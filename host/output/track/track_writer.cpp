#include "host/output/track/track_writer.h"

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

std::string track_path(const TrackOptions& options, Strand strand) {
  return fmt::format("{}.{}.{}", options.prefix, strand == Strand::plus ? "plus" : "minus",
                     options.format == TrackFormat::bigwig ? "bw" : "bedgraph");
}

TrackWriter::TrackWriter(TrackOptions options, std::vector<Contig> contigs)
    : options_(std::move(options)),
      contigs_(options_.format == TrackFormat::bigwig ? checked_for_bigwig(std::move(contigs)) : std::move(contigs)),
      drawing_(options_.step, options_.max_missing, [this](const Stroke& stroke) { draw(stroke); }) {
  for (std::size_t i = 0; i < contigs_.size(); ++i) numbers_.emplace(contigs_[i].name, std::uint32_t(i));
  for (const Strand strand : {Strand::plus, Strand::minus}) {
    if (!(strand == Strand::plus ? options_.plus : options_.minus)) continue;
    const std::string path = track_path(options_, strand);
    strands_[strand == Strand::minus] = std::make_unique<StrandTrack>(StrandTrack{ValueSpool(path), make_file(strand)});
  }
}

std::unique_ptr<TrackFile> TrackWriter::make_file(Strand strand) const {
  const std::string path = track_path(options_, strand);
  if (options_.format == TrackFormat::bigwig) return make_bigwig(path, contigs_, std::min(options_.step, kWindow));
  const std::string name = options_.track_name.empty() ? "" : fmt::format("{} {}", options_.track_name, char(strand));
  return make_bedgraph(path, contigs_, track_line(name, "type=bedGraph autoScale=off viewLimits=0:1"));
}

void TrackWriter::draw(const Stroke& stroke) {
  const Record& record = stroke.record;
  if (!record.map) return add(record.name, stroke.strand, stroke.bases, stroke.score);
  const Strand strand = record.map->strand_of(stroke.strand);
  for (const Interval& block : record.map->project(stroke.bases))
    add(record.map->contig(), strand, block, stroke.score);
}

void TrackWriter::add(const std::string& contig, Strand strand, Interval stretch, float value) {
  const std::uint32_t number = number_of(contig);
  const bool known = options_.format == TrackFormat::bigwig;
  if (stretch.end > (known ? contigs_[number].size : kLongest))
    throw Error(fmt::format("the record ends at base {}, and a track of it cannot go beyond", contigs_[number].size),
                fmt::format("'{}', base {}", contig, stretch.end), "leave the input alone while it is scanned");
  strands_[strand == Strand::minus]->spool.write(
      {number, std::uint32_t(stretch.start), std::uint32_t(stretch.end), value});
}

std::uint32_t TrackWriter::number_of(const std::string& contig) {
  if (const auto found = numbers_.find(contig); found != numbers_.end()) return found->second;
  if (options_.format == TrackFormat::bigwig)
    throw Error("a record was not there when the sizes of all were read", fmt::format("'{}'", contig),
                "leave the input alone while it is scanned");
  contigs_.push_back({contig, 0});
  return numbers_.emplace(contig, std::uint32_t(contigs_.size() - 1)).first->second;
}

void TrackWriter::close() {
  drawing_.finish();
  for (auto& track : strands_) {
    if (!track) continue;
    LargestValue flat(*track->file);
    track->spool.drain(flat);
    flat.finish();
    track->file->close();
  }
}

void TrackWriter::commit() {
  for (auto& track : strands_)
    if (track) track->file->commit();
}

std::vector<std::string> TrackWriter::temporary_paths() const {
  std::vector<std::string> paths;
  for (const auto& track : strands_)
    if (track && track->file->file().renames()) paths.push_back(track->file->file().written_path());
  return paths;
}

}  // namespace iresweep
