// Records r0, r1, ... from texts, in pieces of a given size.
#pragma once
#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "host/input/sequence_source.h"
#include "tests/support/fasta_text.h"

namespace iresweep::test {

class TextSource : public SequenceSource {
 public:
  TextSource(std::vector<std::string> texts, std::size_t piece_bases)
      : texts_(std::move(texts)), piece_bases_(piece_bases) {}

  std::optional<Piece> next() override {
    if (text_ == texts_.size()) return std::nullopt;
    if (!record_) record_ = std::make_shared<Record>(Record{std::string("r").append(std::to_string(text_)), text_});
    const std::string& text = texts_[text_];
    const std::size_t end = std::min(at_ + piece_bases_, text.size());
    Piece piece{record_, encode(text.substr(at_, end - at_)), end == text.size()};
    at_ = end;
    if (piece.last) at_ = 0, ++text_, record_ = nullptr;
    return piece;
  }
  std::vector<InputFacts> facts() const override {
    InputFacts facts;
    facts.path = "texts";
    for (const std::string& text : texts_) facts.bytes += text.size();
    facts.records = texts_.size();
    return {facts};
  }

 private:
  const std::vector<std::string> texts_;
  const std::size_t piece_bases_;
  std::size_t text_ = 0, at_ = 0;
  std::shared_ptr<const Record> record_;
};

}  // namespace iresweep::test
