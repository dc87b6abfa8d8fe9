#include "tests/cuda_on_host/chain.h"

#include "tests/cuda_on_host/plane_convolutions.h"

namespace iresweep::test {
namespace {

std::size_t uneven(std::size_t count) { return count + 5; }

}  // namespace

void Packed::add(const std::vector<BaseCode>& sequence, int step, std::size_t most) {
  const std::size_t first = bases.size(), last = sequence.size() - kWindow;
  bases.insert(bases.end(), sequence.begin(), sequence.end());
  std::size_t start = 0;
  for (std::size_t i = 0; i + 1 < most && start < last; ++i, start += std::size_t(step))
    starts.push_back(std::uint32_t(first + start));
  starts.push_back(std::uint32_t(first + last));
}

ChainRooms::ChainRooms(const Packed& packed)
    : bases(packed.bases),
      starts(packed.starts),
      features(kFeatures * uneven(packed.bases.size())),
      end_features(kFeatures * uneven(packed.starts.size() * cuda::kEndColumns)),
      gates(packed.bases.size() * kGates),
      end_gates(packed.starts.size() * cuda::kEndColumns * kGates),
      states(packed.starts.size() * cuda::kStates),
      context(packed.starts.size() * kContext),
      logits(packed.starts.size()) {}

cuda::DeviceBatch ChainRooms::batch() {
  return {bases.data(), bases.span().size(), starts.data(), starts.span().size()};
}

cuda::Plane ChainRooms::feature_plane() { return {features.data(), bases.span().size(), uneven(bases.span().size())}; }

cuda::Workspace ChainRooms::workspace() {
  const std::size_t ends = starts.span().size() * cuda::kEndColumns;
  return {{end_features.data(), ends, uneven(ends)}, gates.data(), end_gates.data(), states.data(), context.data()};
}

std::vector<float> score_direct(const NetworkOnDevice& on, const Packed& packed) {
  ChainRooms rooms(packed);
  const auto& [tables, constants] = on.weights;
  cuda::launch_conv_direct(tables.get(), constants.second, rooms.bases.data(), packed.bases.size(),
                           rooms.feature_plane(), nullptr);
  cuda::launch_score(tables.get(), constants, rooms.batch(), rooms.feature_plane(), rooms.workspace(),
                     rooms.logits.data(), nullptr);
  return rooms.result();
}

std::vector<float> score_by_planes(const NetworkOnDevice& on, const Packed& packed) {
  ChainRooms rooms(packed);
  const std::size_t pitch = uneven(packed.bases.size());
  Room<float> one_hot(4 * pitch);
  cuda::launch_encode_tile(rooms.bases.data(), packed.bases.size(), {one_hot.data(), pitch, pitch}, nullptr);
  convolve_planes(on.network, one_hot.span(), pitch, rooms.features.span());
  cuda::launch_score(on.weights.tables.get(), on.weights.constants, rooms.batch(), rooms.feature_plane(),
                     rooms.workspace(), rooms.logits.data(), nullptr);
  return rooms.result();
}

}  // namespace iresweep::test
