#include "tools/usable_cpus.h"

#include <sched.h>

#include <algorithm>
#include <cmath>
#include <fstream>
#include <string>

namespace iresweep::cli {
namespace {

namespace fs = std::filesystem;

/// CPUs of one control group: cpu.max (version 2) or cpu.cfs_* (version 1); 0 without a limit.
int quota_of(const fs::path& group) {
  double quota = 0, period = 0;
  if (std::ifstream both(group / "cpu.max"); both >> quota >> period) {
  } else if (std::ifstream quota_file(group / "cpu.cfs_quota_us"), period_file(group / "cpu.cfs_period_us");
             !(quota_file >> quota && period_file >> period)) {
    return 0;
  }
  return quota > 0 && period > 0 ? int(std::ceil(quota / period)) : 0;
}

/// The smallest quota of a group and those that contain it. A container sees its own group as the root, whatever
/// path /proc names: hence the root is always asked.
int smallest_quota(const fs::path& root, const fs::path& group) {
  int smallest = quota_of(root);
  fs::path at = root;
  for (const fs::path& part : group.relative_path()) {
    at /= part;
    if (const int quota = quota_of(at); quota > 0) smallest = smallest > 0 ? std::min(smallest, quota) : quota;
  }
  return smallest;
}

bool names_cpu(const std::string& controllers) { return ("," + controllers + ",").find(",cpu,") != std::string::npos; }

}  // namespace

int cgroup_cpus(const fs::path& proc, const fs::path& cgroups) {
  int smallest = 0;
  std::ifstream groups(proc / "self/cgroup");
  // A line is "hierarchy:controllers:path"; version 2 is hierarchy 0 without controllers.
  for (std::string line; std::getline(groups, line);) {
    const auto first = line.find(':'), second = line.find(':', first + 1);
    if (second == std::string::npos) continue;
    const std::string controllers = line.substr(first + 1, second - first - 1), group = line.substr(second + 1);
    if (!controllers.empty() && !names_cpu(controllers)) continue;
    const int quota = smallest_quota(controllers.empty() ? cgroups : cgroups / controllers, group);
    if (quota > 0) smallest = smallest > 0 ? std::min(smallest, quota) : quota;
  }
  return smallest;
}

int usable_cpus() {
  cpu_set_t set;
  const int allowed = sched_getaffinity(0, sizeof set, &set) == 0 ? CPU_COUNT(&set) : 1;
  const int quota = cgroup_cpus("/proc", "/sys/fs/cgroup");
  return std::max(1, quota > 0 ? std::min(quota, allowed) : allowed);
}

}  // namespace iresweep::cli
