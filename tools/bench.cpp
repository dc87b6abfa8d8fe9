// `iresweep bench`: how fast every device of this node is.
#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "host/engine/devices.h"
#include "host/input/fasta_source.h"
#include "host/measure/measure_report.h"
#include "host/measure/throughput.h"
#include "host/output/output_file.h"
#include "iresweep/engine.h"
#include "iresweep/model.h"
#include "tools/cli.h"
#include "tools/common_options.h"
#include "tools/paths.h"
#include "tools/usable_cpus.h"
#include "tools/validators.h"

namespace iresweep::cli {
namespace {

constexpr const char* kBenchDescription =
    "Measures the throughput of every device of this node: what to run first on a new one.\n\n"
    "The engine alone is measured with batches that stay in memory. With FASTA files, whole scans of them are measured "
    "too: reading, scoring, calling and making rows, which nobody keeps.";

constexpr const char* kBenchFooter = R"(Examples:
  $ iresweep bench
  $ iresweep bench --json node17.json transcripts.fa.gz
  $ iresweep bench --isa avx2,avx512 --threads 1,16,32 --step 1

Output:
  A line an instruction set and number of threads, and a line a GPU: windows a second (median, lowest and
  highest of the repeats), millions of bases a second, and how busy a GPU is with kernels. Whole scans also
  tell how busy each stage is: the one near 100% is what the others wait for. Threads that wait for a GPU
  count as scoring. Speed does not depend on the model's weights.

Exit codes:
  0 done; 1 failed; 2 wrong usage.)";

struct BenchOptions {
  std::vector<std::string> inputs, isas, convs = {"direct"};
  std::vector<int> threads;
  std::string model = kBuiltinName, json, device = "auto";
  std::size_t batch_windows = EngineOptions{}.batch_windows;
  MeasureOptions measure;
  bool quiet = false;
};

void declare(CLI::App& app, BenchOptions& options) {
  app.footer(kBenchFooter);
  const auto group = [](const char* name, CLI::Option* option) { option->group(name); };
  app.add_option("INPUT", options.inputs,
                 "FASTA files, plain, gzip or bgzip, to measure with; they are read several times, so not standard "
                 "input. Default: made-up sequences, the engine alone.");
  app.add_option("--model", options.model, fmt::format("The network: {} Default: built-in.", kModelForms))
      ->type_name("FILE");
  app.add_option("--json", options.json, "Also write every repeat as JSON. Default: none.")->type_name("FILE");

  const char* what = "What is measured";
  group(what,
        app.add_option("--device", options.device,
                       "auto (the CPU and every GPU), cpu, cuda or cuda:0,1 (these GPUs together). Default: auto.")
            ->type_name("NAME"));
  group(what, app.add_option("--isa", options.isas,
                             "Instruction sets of the CPU, as `iresweep devices` lists them, separated by commas; no "
                             "GPU is measured then. Default: all that this CPU has.")
                  ->delimiter(',')
                  ->type_name("NAME[,NAME]"));
  group(what, app.add_option("--threads", options.threads,
                             "Numbers of scoring threads, separated by commas. Default: 1, and the CPUs that this "
                             "process may use.")
                  ->delimiter(',')
                  ->type_name("N[,N]")
                  ->check(whole_number(1, 4096)));
  group(what, app.add_option("--step", options.measure.step, "Distance between window starts, in bases. Default: 50.")
                  ->type_name("N")
                  ->check(whole_number(1, 1'000'000'000)));
  group(what, app.add_option("--batch-windows", options.batch_windows,
                             "Windows scored together. Default: 4096 on a CPU, on a GPU what its free memory allows.")
                  ->type_name("N")
                  ->check(whole_number(1, 1'000'000)));
  group(what, app.add_option("--conv", options.convs,
                             "Who computes the convolutions on a GPU: direct, cudnn, or both, separated by a comma. "
                             "Default: direct.")
                  ->delimiter(',')
                  ->type_name("NAME[,NAME]")
                  ->check(one_of({"direct", "cudnn"})));

  const char* how = "How it is measured";
  group(how, app.add_option("--repeats", options.measure.repeats, "Measurements of each. Default: 5.")
                 ->type_name("N")
                 ->check(whole_number(1, 1000)));
  group(how, app.add_option("--seconds", options.measure.seconds,
                            "Least length of a repeat of the engine alone, up to 3600. Default: 0.5.")
                 ->type_name("X")
                 ->check(CLI::Range(0.001, 3600.0)));
  group(how, app.add_option("--warm-up", options.measure.warm_up,
                            "Seconds of work before the first repeat of the engine alone, up to 3600. A whole scan is "
                            "warmed up by one pass. Default: 0.3.")
                 ->type_name("X")
                 ->check(CLI::Range(0.0, 3600.0)));
  app.add_flag("-q,--quiet", options.quiet, "Do not say on standard error what is being measured. Default: off.");
}

void check(const BenchOptions& options) {
  if (options.json == "-")
    throw UsageError("--json needs a file of its own", "'-'", "standard output is for the tables; name a file");
  if (clash(options.json, options.model)) throw UsageError("--json names the model", options.json, "name another file");
  for (const std::string& input : options.inputs) {
    if (is_stream(input))
      throw UsageError("the input is read several times, and standard input cannot be", "INPUT '-'",
                       "write it to a file first");
    if (clash(options.json, input)) throw UsageError("--json names an input", options.json, "name another file");
  }
}

std::vector<EngineOptions> cpu_engines(const BenchOptions& options) {
  std::vector<std::string> isas = options.isas;
  if (isas.empty())
    for (const InstructionSet& set : instruction_sets())
      if (set.usable) isas.push_back(set.name);
  const std::set<int> threads =
      options.threads.empty() ? std::set{1, usable_cpus()} : std::set(options.threads.begin(), options.threads.end());
  std::vector<EngineOptions> list;
  for (const std::string& isa : isas)
    for (const int count : threads)
      list.push_back({.device = "cpu", .isa = isa, .threads = count, .batch_windows = options.batch_windows});
  return list;
}

/// Every GPU alone and, where there are several, all together.
std::vector<std::string> gpus_of_node() {
  std::vector<std::string> devices;
  std::string all;
  const Gpus gpus = find_gpus();
  for (const Gpu& gpu : gpus.list) {
    if (!gpu.fault.empty()) continue;
    devices.push_back(fmt::format("cuda:{}", gpu.index));
    all += fmt::format("{}{}", all.empty() ? "cuda:" : ",", gpu.index);
  }
  if (devices.size() > 1) devices.push_back(all);
  if (devices.empty()) spdlog::info("no GPU: {}", gpus.list.empty() ? gpus.none : gpus.list.front().fault);
  return devices;
}

/// One engine a line of the table.
std::vector<EngineOptions> engines_to_measure(const BenchOptions& options) {
  const bool automatic = options.device == "auto";
  std::vector<EngineOptions> list;
  if (automatic || options.device == "cpu") list = cpu_engines(options);
  std::vector<std::string> gpus;
  if (automatic && options.isas.empty()) gpus = gpus_of_node();
  if (!automatic && options.device != "cpu") gpus = {options.device};
  for (const std::string& gpu : gpus)
    for (const std::string& conv : options.convs)
      list.push_back({.device = gpu, .threads = usable_cpus(), .batch_windows = options.batch_windows, .conv = conv});
  return list;
}

void measure(const BenchOptions& options, const Model& model, const EngineOptions& engine_options,
             BenchReport& report) {
  const auto engine = make_engine(model, engine_options);
  spdlog::info("measuring: {}", engine->describe().text);
  MeasureOptions how = options.measure;
  how.reader_threads = reader_threads(*engine, engine_options);
  if (options.inputs.empty()) {
    MadeUpSource source;
    report.engines.push_back(measure_engine(*engine, source, how));
    return;
  }
  EndlessSource source([&] { return open_fasta(options.inputs); });
  report.engines.push_back(measure_engine(*engine, source, how));
  report.scans.push_back(measure_scan(*engine, model, options.inputs, how));
}

int run_bench(const BenchOptions& options, const std::string& command_line) {
  set_verbosity(options.quiet ? Verbosity::quiet : Verbosity::normal);
  check(options);
  const Model model = chosen_model(options.model);
  BenchReport report{.version = IRESWEEP_VERSION,
                     .command = command_line,
                     .node = node_facts(usable_cpus()),
                     .model_name = model.name,
                     .model_hash = weights_hash(model.network),
                     .options = options.measure,
                     .inputs = options.inputs,
                     .engines = {},
                     .scans = {}};
  if (report.node.load >= 0.5)
    spdlog::warn("this node is at work on other things (load {:.1f}): figures will be low and uneven",
                 report.node.load);
  for (const EngineOptions& engine : engines_to_measure(options)) measure(options, model, engine, report);
  if (!options.json.empty()) {
    OutputFile file(options.json, OutputFile::Packing::plain);
    file.write(bench_json(report));
    file.commit();
  }
  print(bench_text(report));
  return kDone;
}

}  // namespace

Command add_bench(CLI::App& program) {
  auto* app = program.add_subcommand("bench", kBenchDescription);
  const auto options = std::make_shared<BenchOptions>();
  declare(*app, *options);
  return {app, [options](const std::string& command_line) { return run_bench(*options, command_line); }};
}

}  // namespace iresweep::cli
