// How many CPUs this process may use, which in a container or a batch job is fewer than the machine has.
#pragma once
#include <filesystem>

namespace iresweep::cli {

/// The smallest CPU quota of the process's control groups (version 1 or 2), rounded up; 0 when there is none.
/// `proc` and `cgroups` are where /proc and /sys/fs/cgroup lie.
int cgroup_cpus(const std::filesystem::path& proc, const std::filesystem::path& cgroups);

/// The smaller of the CPU affinity and the quota; at least 1.
int usable_cpus();

}  // namespace iresweep::cli
