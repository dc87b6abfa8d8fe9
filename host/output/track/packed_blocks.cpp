#include "host/output/track/packed_blocks.h"

#include <zlib.h>

#include <algorithm>
#include <cerrno>
#include <span>
#include <utility>

namespace iresweep {
namespace {

constexpr std::uint64_t kCopyAtOnce = std::uint64_t(1) << 20;

}  // namespace

PackedBlocks::PackedBlocks(std::string output) : output_(std::move(output)), file_(output_) {}

void PackedBlocks::add(std::string_view bytes, IndexedBlock block) {
  uLongf size = compressBound(bytes.size());
  packed_.resize(size);
  if (compress2(reinterpret_cast<Bytef*>(packed_.data()), &size, reinterpret_cast<const Bytef*>(bytes.data()),
                bytes.size(), Z_DEFAULT_COMPRESSION) != Z_OK)
    throw_output_error(output_, "compress", ENOMEM);
  block.offset = file_.size();
  block.size = size;
  file_.append(std::as_bytes(std::span(packed_).first(size)));
  blocks_.push_back(block);
  largest_ = std::max(largest_, std::uint32_t(bytes.size()));
}

std::vector<IndexedBlock> PackedBlocks::placed(std::uint64_t offset) const {
  auto blocks = blocks_;
  for (IndexedBlock& block : blocks) block.offset += offset;
  return blocks;
}

void PackedBlocks::copy_to(OutputFile& out) const {
  std::string bytes;
  for (std::uint64_t done = 0; done < size(); done += bytes.size()) {
    bytes.resize(std::size_t(std::min(kCopyAtOnce, size() - done)));
    file_.read(done, std::as_writable_bytes(std::span(bytes)));
    out.write(bytes);
  }
}

}  // namespace iresweep
