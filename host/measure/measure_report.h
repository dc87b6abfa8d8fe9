// What `iresweep bench` found, for people and for programs.
#pragma once
#include <string>
#include <vector>

#include "host/measure/throughput.h"

namespace iresweep {

/// The node: what a figure means nothing without.
struct NodeFacts {
  std::string name, cpu;  ///< host name; the CPU's model name, "unknown" where /proc/cpuinfo has none
  int usable_cpus = 0;
  double load = 0;  ///< runnable processes before the measurement, mean of a minute
};
NodeFacts node_facts(int usable_cpus);

struct BenchReport {
  std::string version, command;
  NodeFacts node;
  std::string model_name, model_hash;
  MeasureOptions options;
  std::vector<std::string> inputs;  ///< none: made-up sequences
  std::vector<Throughput> engines, scans;
};

/// Two tables: engines alone, and whole scans where there are any.
std::string bench_text(const BenchReport& report);
std::string bench_json(const BenchReport& report);

}  // namespace iresweep
