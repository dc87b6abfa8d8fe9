// The windows of targets as they are: each is scored once, however many alleles lie under it.
#pragma once
#include <list>
#include <memory>
#include <unordered_map>
#include <vector>

#include "host/variants/comparison.h"
#include "host/variants/targets.h"

namespace iresweep {

/// Stretches that are still to be scored, in order.
using DueStretches = std::vector<std::shared_ptr<WindowStretch>>;

/// Windows are kept in blocks of kBlock, the latest asked for: alleles that lie near each other in the file find
/// them. Memory: about 15 MB.
class ReferenceWindows {
 public:
  static constexpr std::int64_t kBlock = 16;

  explicit ReferenceWindows(Targets& targets) : targets_(targets) {}

  /// The windows of `run` on the target. Those that are not known yet are appended to `due`.
  std::vector<StretchPart> windows(const Target& target, WindowRun run, DueStretches& due);

 private:
  struct Key {
    std::size_t target = 0;
    std::int64_t block = 0;
    bool operator==(const Key&) const = default;
  };
  struct Hash {
    std::size_t operator()(const Key& key) const {
      return key.target * 0x9e3779b97f4a7c15 ^ std::size_t(key.block) * 0xbf58476d1ce4e5b9;
    }
  };
  struct Block {
    Key key;
    StretchPart windows;
  };

  void load(const Target& target, std::int64_t first, std::int64_t end, DueStretches& due);
  void add(Key key, StretchPart windows);

  Targets& targets_;
  std::list<Block> blocks_;  ///< the latest first
  std::unordered_map<Key, std::list<Block>::iterator, Hash> by_key_;
};

}  // namespace iresweep
