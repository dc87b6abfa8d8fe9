// Lines by place on the genome, in bounded memory.
#pragma once
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "host/input/sequence_source.h"
#include "host/output/scratch_file.h"

namespace iresweep {

/// How rows are sorted: not at all, or by contig, start and end; contigs as the input has them, or by the bytes of
/// their names. What is equal keeps its order.
enum class RowOrder { input, reference, name };

class LineSorter {
 public:
  /// `contigs` in the order of the reference; others follow as they come. What exceeds `most_bytes` goes to a scratch
  /// file for `output`, in sorted runs.
  LineSorter(RowOrder order, const std::vector<Contig>& contigs, std::string output,
             std::size_t most_bytes = std::size_t(32) << 20);

  /// Throws Error when the disk is full.
  void add(std::string_view contig, std::int64_t start, std::int64_t end, std::string_view line);
  /// Passes on all lines in order; once. Throws Error, and what `take` throws.
  void drain(const std::function<void(std::string_view line)>& take);

 private:
  struct Key {
    std::uint32_t contig = 0;  ///< as numbered here
    std::uint32_t size = 0;    ///< bytes of the line
    std::int64_t start = 0, end = 0;
    std::uint64_t serial = 0;
  };
  struct Line {
    Key key;
    std::string text;
  };
  struct Run {
    std::uint64_t begin = 0, end = 0;  ///< bytes [begin, end) of the file
  };
  class RunReader;

  std::uint32_t number_of(std::string_view contig);
  bool less(const Key& a, const Key& b) const;
  void sort_lines();
  void spill();

  const RowOrder order_;
  const std::string output_;
  const std::size_t most_bytes_;
  std::vector<std::string> contigs_;
  std::unordered_map<std::string, std::uint32_t> numbers_;
  std::vector<Line> lines_;  ///< not yet in the file
  std::size_t bytes_ = 0;    ///< that they take in memory
  std::uint64_t serial_ = 0;
  std::unique_ptr<ScratchFile> file_;
  std::vector<Run> runs_;
};

}  // namespace iresweep
