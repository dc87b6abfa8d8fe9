// From the options of the input to a source of records.
#include <spdlog/spdlog.h>

#include <utility>

#include "host/input/fasta_source.h"
#include "host/input/genome/genome.h"
#include "host/input/genome/region_source.h"
#include "host/input/genome/regions.h"
#include "iresweep/error.h"
#include "tools/input_options.h"

namespace iresweep::cli {
namespace {

OpenInput open_regions(const InputOptions& options) {
  auto genome = std::make_unique<Genome>(options.files, options.name_until);
  for (const std::string& note : genome->notes()) spdlog::info("{}", note);
  auto [regions, notes] =
      options.regions ? parse_regions(*options.regions, *genome) : read_regions(*options.regions_file, *genome);
  for (const std::string& note : notes) spdlog::warn("{}", note);
  if (regions.empty())
    throw Error("there is no region to scan", options.regions ? "--regions" : *options.regions_file,
                "name at least one that lies on a contig of the input");
  return {std::make_unique<RegionSource>(std::move(genome), merge_regions(std::move(regions))), RecordKind::regions};
}

}  // namespace

OpenInput open_input(const InputOptions& options, int threads) {
  if (options.regions || options.regions_file) return open_regions(options);
  return {open_fasta(options.files, {.threads = threads, .name_until = options.name_until}), RecordKind::contigs};
}

}  // namespace iresweep::cli
