#include <fmt/format.h>

#include <iterator>

#include "host/output/track/track_file.h"

namespace iresweep {
namespace {

class BedgraphFile : public TrackFile {
 public:
  BedgraphFile(const std::string& path, const std::vector<Contig>& contigs, const std::string& header)
      : contigs_(contigs), file_(path, OutputFile::Packing::plain) {
    file_.write(header);
  }

  void write(const TrackValue& value) override {
    line_.clear();
    fmt::format_to(std::back_inserter(line_), "{}\t{}\t{}\t{}\n", contigs_[value.contig].name, value.start, value.end,
                   value.value);
    file_.write(line_);
  }
  void close() override { file_.close(); }
  void commit() override { file_.commit(); }
  const OutputFile& file() const override { return file_; }

 private:
  const std::vector<Contig>& contigs_;
  OutputFile file_;
  std::string line_;
};

}  // namespace

std::unique_ptr<TrackFile> make_bedgraph(const std::string& path, const std::vector<Contig>& contigs,
                                         const std::string& header) {
  return std::make_unique<BedgraphFile>(path, contigs, header);
}

}  // namespace iresweep
