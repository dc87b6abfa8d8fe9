#include <algorithm>
#include <deque>
#include <utility>

#include "host/output/track/bigwig_trees.h"
#include "host/output/track/little_endian.h"
#include "host/output/track/packed_blocks.h"
#include "host/output/track/track_file.h"
#include "host/output/track/zoom_level.h"

namespace iresweep {
namespace {

constexpr std::uint32_t kMagic = 0x888FFC26;
constexpr std::uint16_t kVersion = 4;
constexpr std::uint64_t kHeaderSize = 64, kZoomHeaderSize = 24, kSummarySize = 40;
constexpr std::size_t kSectionItems = 1024;
constexpr std::uint8_t kBedGraphSection = 1;
constexpr std::uint32_t kFirstZoom = 10, kZoomStep = 4;  // times the width of a value; of the level before
constexpr std::size_t kMostZooms = 10;

/// A zoom level's place in the file.
struct PlacedZoom {
  std::uint64_t data_offset = 0, index_offset = 0;
  std::string index;
};

class BigwigFile : public TrackFile {
 public:
  BigwigFile(const std::string& path, const std::vector<Contig>& contigs, int width)
      : contigs_(contigs), file_(path, OutputFile::Packing::plain), data_(path) {
    std::uint64_t longest = 0;
    for (const Contig& contig : contigs) longest = std::max(longest, std::uint64_t(contig.size));
    for (std::uint64_t bin = kFirstZoom * std::uint64_t(width); bin < longest && zooms_.size() < kMostZooms;
         bin *= kZoomStep)
      zooms_.emplace_back(std::uint32_t(bin), path);
  }

  void write(const TrackValue& value) override {
    if (items_ == kSectionItems || (items_ > 0 && extent_.first_contig != value.contig)) close_section();
    if (items_ == 0) extent_ = {value.contig, value.start, value.contig, value.end, 0, 0};
    extent_.end = value.end;
    append_number(section_, value.start);
    append_number(section_, value.end);
    append_number(section_, value.value);
    ++items_;
    sums_.add(value.value, value.end - value.start);
    for (ZoomLevel& zoom : zooms_) zoom.add(value, std::uint32_t(contigs_[value.contig].size));
  }

  // header, headers of zoom levels, sums, contigs, values, their index, zoom levels each with its index, the magic
  // again
  void close() override {
    close_section();
    for (ZoomLevel& zoom : zooms_) zoom.finish();
    // A level that has as many bins as the one before tells nothing new.
    while (zooms_.size() > 1 && zooms_.back().bins() == zooms_[zooms_.size() - 2].bins()) zooms_.pop_back();

    const std::uint64_t sums_offset = kHeaderSize + zooms_.size() * kZoomHeaderSize;
    const std::uint64_t contigs_offset = sums_offset + kSummarySize;
    const std::string contigs = contig_tree(contigs_, contigs_offset);
    const std::uint64_t data_offset = contigs_offset + contigs.size();
    const std::uint64_t first_block = data_offset + sizeof(std::uint64_t);
    const std::uint64_t index_offset = first_block + data_.size();
    const std::string index = block_index(data_.placed(first_block), kSectionItems, index_offset);
    const auto zooms = place_zooms(index_offset + index.size());

    std::string head;
    append_number(head, kMagic);
    append_number(head, kVersion);
    append_number(head, std::uint16_t(zooms_.size()));
    for (const std::uint64_t offset : {contigs_offset, data_offset, index_offset}) append_number(head, offset);
    append_number(head, std::uint32_t(0));  // fields of a bigBed
    append_number(head, std::uint64_t(0));  // their description
    append_number(head, sums_offset);
    append_number(head, largest_block());
    append_number(head, std::uint64_t(0));  // no extension
    for (std::size_t i = 0; i < zooms.size(); ++i) {
      append_number(head, zooms_[i].bin());
      append_number(head, std::uint32_t(0));
      append_number(head, zooms[i].data_offset);
      append_number(head, zooms[i].index_offset);
    }
    append_number(head, sums_.bases);
    for (const double number : {sums_.least, sums_.greatest, sums_.sum, sums_.squares}) append_number(head, number);
    file_.write(head + contigs);

    write_number(data_.count());
    data_.copy_to(file_);
    file_.write(index);
    for (std::size_t i = 0; i < zooms.size(); ++i) {
      write_number(zooms_[i].bins());
      zooms_[i].blocks().copy_to(file_);
      file_.write(zooms[i].index);
    }
    write_number(kMagic);
    file_.close();
  }

  void commit() override { file_.commit(); }
  const OutputFile& file() const override { return file_; }

 private:
  void close_section() {
    if (items_ == 0) return;
    std::string bytes;
    for (const std::uint32_t number :
         {extent_.first_contig, extent_.start, extent_.end, std::uint32_t(0), std::uint32_t(0)})  // no step, no span
      append_number(bytes, number);
    append_number(bytes, kBedGraphSection);
    append_number(bytes, std::uint8_t(0));
    append_number(bytes, std::uint16_t(items_));
    data_.add(bytes + section_, extent_);
    section_.clear();
    items_ = 0;
  }

  std::vector<PlacedZoom> place_zooms(std::uint64_t offset) const {
    std::vector<PlacedZoom> placed;
    for (const ZoomLevel& zoom : zooms_) {
      const std::uint64_t first_block = offset + sizeof(std::uint32_t);
      const std::uint64_t index_offset = first_block + zoom.blocks().size();
      placed.push_back(
          {offset, index_offset, block_index(zoom.blocks().placed(first_block), ZoomLevel::kBlockItems, index_offset)});
      offset = index_offset + placed.back().index.size();
    }
    return placed;
  }

  std::uint32_t largest_block() const {
    std::uint32_t largest = data_.largest();
    for (const ZoomLevel& zoom : zooms_) largest = std::max(largest, zoom.blocks().largest());
    return largest;
  }

  template <class Number>
  void write_number(Number number) {
    std::string bytes;
    append_number(bytes, number);
    file_.write(bytes);
  }

  const std::vector<Contig>& contigs_;
  OutputFile file_;
  PackedBlocks data_;
  std::deque<ZoomLevel> zooms_;
  ValueSums sums_;
  std::string section_;  ///< items of the section that grows
  std::size_t items_ = 0;
  IndexedBlock extent_;  ///< its extent
};

}  // namespace

std::unique_ptr<TrackFile> make_bigwig(const std::string& path, const std::vector<Contig>& contigs, int width) {
  return std::make_unique<BigwigFile>(path, contigs, width);
}

}  // namespace iresweep
