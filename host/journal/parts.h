// All parts of a scan.
#pragma once
#include <memory>
#include <string>
#include <vector>

#include "host/input/file_stamps.h"
#include "host/journal/part_file.h"

namespace iresweep {

class Parts {
 public:
  /// At least one, in any order. Throws Error unless they are the parts of one scan: each whole, none missing, none
  /// twice.
  explicit Parts(const std::vector<std::string>& paths);

  std::size_t count() const { return parts_.size(); }
  /// What all of them have in common.
  const RunFacts& facts() const { return facts_; }
  /// Where the first of them was made.
  std::string folder() const;
  /// In their order, as Recall takes them.
  std::vector<const Scores*> scores() const;
  /// Throws Error where a part was changed since.
  void check_unchanged() const { stamps_.check(); }

 private:
  void check_same(const PartFile& part) const;
  void check_all() const;

  const FileStamps stamps_;
  std::vector<std::unique_ptr<PartFile>> parts_;
  RunFacts facts_;
};

}  // namespace iresweep
