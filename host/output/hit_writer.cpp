#include "host/output/hit_writer.h"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <utility>

#include "host/output/placement.h"
#include "host/output/tabix_index.h"
#include "host/output/track_line.h"

namespace iresweep {
namespace {

HitFormat hit_format(const HitWriterOptions& options) {
  if (options.format.kind == OutputFormat::Kind::bed) return bed_format(options.records);
  const char separator = options.format.kind == OutputFormat::Kind::csv ? ',' : '\t';
  return table_format({separator, options.report, options.both_strands, options.records});
}

OutputFile::Packing packing(const OutputFormat& format) {
  return format.bgzip ? OutputFile::Packing::bgzip : OutputFile::Packing::plain;
}

void remove_old(const std::string& index) {
  if (::unlink(follow_links(index).c_str()) != 0 && errno != ENOENT)
    throw_output_error(index, "remove the outdated index", errno);
}

}  // namespace

HitWriter::HitWriter(HitWriterOptions options)
    : options_(std::move(options)), format_(hit_format(options_)), file_(options_.path, packing(options_.format)) {
  file_.write(track_line(options_.track_name, "itemRgb=\"On\"") + format_.header);
  if (options_.order != RowOrder::input) sorter_.emplace(options_.order, options_.contigs, options_.path);
}

void HitWriter::write(const Hit& hit) {
  if (packed_bed()) note_for_index(hit);
  line_.clear();
  format_.append(hit, line_);
  if (!sorter_) return file_.write(line_);
  // Of a circle BED has two lines, each with a place of its own.
  const bool in_parts = options_.format.kind == OutputFormat::Kind::bed;
  std::string_view text = line_;
  for (const Placement& place : in_parts ? row_placements(hit) : std::vector{placement(hit)}) {
    const std::size_t end = in_parts ? text.find('\n') + 1 : text.size();
    sorter_->add(place.contig, place.blocks.front().start, place.blocks.back().end, text.substr(0, end));
    text.remove_prefix(end);
  }
}

bool HitWriter::packed_bed() const { return options_.format.kind == OutputFormat::Kind::bed && options_.format.bgzip; }

void HitWriter::note_for_index(const Hit& hit) {
  const Record& record = *hit.record;
  greatest_end_ = std::max(greatest_end_, record.map ? placement(hit).blocks.back().end : hit.end);
  if (record.map || last_record_ == record.index) return;
  names_repeat_ |= last_record_ && last_name_ == record.name;
  last_record_ = record.index;
  last_name_ = record.name;
}

std::optional<std::string> HitWriter::commit() {
  if (sorter_) sorter_->drain([this](std::string_view line) { file_.write(line); });
  if (packed_bed()) return commit_with_index();
  file_.commit();
  return std::nullopt;
}

std::optional<std::string> HitWriter::commit_with_index() {
  if (!file_.renames()) {
    file_.commit();
    return fmt::format("{}: no tabix index, for it is no regular file", options_.path);
  }
  file_.close();
  const bool csi = greatest_end_ > kTbiLimit;
  OutputFile index(options_.path + (csi ? ".csi" : ".tbi"), OutputFile::Packing::plain);
  index.close();  // HTSlib writes it, under the temporary name
  const bool indexed = (sorter_ || !names_repeat_) &&
                       write_tabix_index(file_.written_path(), index.written_path(),
                                         {.csi = csi, .skip_lines = options_.track_name.empty() ? 0 : 1}, index.path());
  // An index never lies beside data that it does not fit, not even if this process is killed between two steps.
  remove_old(options_.path + ".tbi");
  remove_old(options_.path + ".csi");
  file_.commit();
  if (indexed) {
    index.commit();
    return std::nullopt;
  }
  if (options_.records == RecordKind::transcripts || options_.records == RecordKind::reads)
    return fmt::format("{}: no tabix index, for the rows of records that overlap do not ascend; {}", options_.path,
                       "sort them with --sort reference");
  return fmt::format("{}: no tabix index, for records of one name do not stand together or repeat it; {}",
                     options_.path, "give each a name of its own to have one, or --sort reference");
}

}  // namespace iresweep
