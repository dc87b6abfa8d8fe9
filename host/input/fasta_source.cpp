#include "host/input/fasta_source.h"

#include <utility>

#include "host/input/fasta_reader.h"
#include "host/input/text_reader.h"
#include "iresweep/error.h"

namespace iresweep {
namespace {

class FastaSource : public SequenceSource {
 public:
  FastaSource(std::vector<std::string> paths, FastaOptions options)
      : paths_(std::move(paths)), options_(std::move(options)) {
    if (paths_.empty()) throw Error("no FASTA file is given", "", "name at least one; '-' is standard input");
    for (const std::string& path : paths_) {
      InputFacts facts;
      facts.path = path;
      facts.file_size = check_readable(path);
      facts_.push_back(std::move(facts));
    }
  }

  std::optional<Piece> next() override {
    for (; current_ < paths_.size(); close()) {
      if (!reader_) reader_ = std::make_unique<FastaReader>(paths_[current_], options_, records_before_);
      if (auto piece = reader_->next()) return piece;
    }
    return std::nullopt;
  }

  std::vector<InputFacts> facts() const override {
    std::vector<InputFacts> facts = facts_;
    if (reader_) facts[current_] = reader_->facts();
    return facts;
  }

 private:
  void close() {
    facts_[current_] = reader_->facts();
    records_before_ += facts_[current_].records;
    reader_.reset();
    ++current_;
  }

  std::vector<std::string> paths_;
  FastaOptions options_;
  std::vector<InputFacts> facts_;
  std::size_t current_ = 0;  ///< file that is being read, or the next
  std::unique_ptr<FastaReader> reader_;
  std::uint64_t records_before_ = 0;
};

}  // namespace

std::unique_ptr<SequenceSource> open_fasta(std::vector<std::string> paths, FastaOptions options) {
  return std::make_unique<FastaSource>(std::move(paths), std::move(options));
}

}  // namespace iresweep
