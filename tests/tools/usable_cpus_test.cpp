#include "tools/usable_cpus.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <string>

#include "tests/support/temporary_folder.h"

namespace iresweep::cli {
namespace {

class CgroupCpus : public testing::Test {
 protected:
  void write(const std::string& name, const std::string& text) {
    std::filesystem::create_directories(std::filesystem::path(folder_.path(name)).parent_path());
    std::ofstream(folder_.path(name)) << text;
  }
  int cpus() { return cgroup_cpus(folder_.path("proc"), folder_.path("cgroup")); }

 private:
  test::TemporaryFolder folder_;
};

TEST_F(CgroupCpus, AreZeroWithoutControlGroups) { EXPECT_EQ(cpus(), 0); }

TEST_F(CgroupCpus, AreTheQuotaOfVersion2RoundedUp) {
  write("proc/self/cgroup", "0::/job\n");
  write("cgroup/job/cpu.max", "max 100000\n");
  EXPECT_EQ(cpus(), 0);
  write("cgroup/job/cpu.max", "200000 100000\n");
  EXPECT_EQ(cpus(), 2);
  write("cgroup/job/cpu.max", "150000 100000\n");
  EXPECT_EQ(cpus(), 2);
  write("cgroup/job/cpu.max", "10000 100000\n");
  EXPECT_EQ(cpus(), 1);
}

TEST_F(CgroupCpus, AreTheSmallestQuotaOfTheGroupsAbove) {
  write("proc/self/cgroup", "0::/user/job/step\n");
  write("cgroup/user/cpu.max", "300000 100000\n");
  write("cgroup/user/job/cpu.max", "800000 100000\n");
  write("cgroup/user/job/step/cpu.max", "max 100000\n");
  EXPECT_EQ(cpus(), 3);
}

TEST_F(CgroupCpus, AreTheRootsInAContainerThatDoesNotSeeItsPath) {
  write("proc/self/cgroup", "0::/docker/0123\n");
  write("cgroup/cpu.max", "400000 100000\n");
  EXPECT_EQ(cpus(), 4);
}

TEST_F(CgroupCpus, AreTheQuotaOfVersion1) {
  write("proc/self/cgroup", "5:memory:/job\n4:cpu,cpuacct:/job\n1:name=systemd:/job\n");
  write("cgroup/memory/job/cpu.cfs_quota_us", "100000\n");
  write("cgroup/cpu,cpuacct/job/cpu.cfs_quota_us", "600000\n");
  write("cgroup/cpu,cpuacct/job/cpu.cfs_period_us", "100000\n");
  EXPECT_EQ(cpus(), 6);
  write("cgroup/cpu,cpuacct/job/cpu.cfs_quota_us", "-1\n");
  EXPECT_EQ(cpus(), 0);
}

TEST_F(CgroupCpus, AreNotMisledByDamagedFiles) {
  write("proc/self/cgroup", "nonsense\n0::\n:\n");
  write("cgroup/cpu.max", "none\n");
  EXPECT_EQ(cpus(), 0);
}

TEST(UsableCpus, AreAtLeastOne) { EXPECT_GE(usable_cpus(), 1); }

}  // namespace
}  // namespace iresweep::cli
