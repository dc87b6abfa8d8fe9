// How busy GPUs are: an engine that runs on some is also a DeviceClock.
#pragma once
#include <string>
#include <vector>

namespace iresweep {

class DeviceClock {
 public:
  /// Since the engine was made: seconds in which a device ran kernels, of whichever stream. Copies do not count.
  struct Busy {
    std::string device;  ///< "cuda:0"
    double seconds = 0;
  };

  virtual ~DeviceClock() = default;
  /// One entry a GPU. May be called at any time.
  virtual std::vector<Busy> busy() const = 0;
};

}  // namespace iresweep
