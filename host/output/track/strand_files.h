// Values on contigs into files of their own, one a strand.
#pragma once
#include <array>
#include <cstdint>
#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

#include "host/output/track/track_file.h"
#include "host/output/track/value_spool.h"

namespace iresweep {

enum class TrackFormat { bigwig, bedgraph };

struct StrandFileOptions {
  std::string prefix;
  TrackFormat format = TrackFormat::bigwig;
  bool plus = true, minus = false;  ///< strands of the contigs that can have values: each is a file
  int width = 1;                    ///< bases of most values, for the zoom levels
  std::string track_name = {};      ///< of a UCSC track line before a bedGraph; empty: none
  std::string track_settings = {};  ///< of the same: "type=bedGraph autoScale=on"
};

/// PREFIX.plus.bw, PREFIX.minus.bw; .bedgraph in place of .bw.
std::string strand_file_path(const std::string& prefix, TrackFormat format, Strand strand);

/// Values wait in scratch files until all are there, in bounded memory: they may come in any order and overlap, and
/// every base then has the largest. The files' bytes do not depend on the order.
class StrandFiles {
 public:
  /// `contigs` are those that values lie on. A bedGraph has them in this order, and takes any others, behind, as they
  /// come; a bigWig needs all, each with a name of its own. Throws Error, also when no file can be made.
  StrandFiles(StrandFileOptions options, std::vector<Contig> contigs);
  StrandFiles(const StrandFiles&) = delete;
  StrandFiles& operator=(const StrandFiles&) = delete;

  /// `stretch` and `strand` are the record's. Throws Error.
  void add(const Record& record, Strand strand, Interval stretch, float value);
  /// Completes the files, under temporary names.
  void close();
  void commit();

  /// Names of the files until commit().
  std::vector<std::string> temporary_paths() const;

 private:
  struct StrandTrack {
    ValueSpool spool;
    std::unique_ptr<TrackFile> file;
  };
  std::unique_ptr<TrackFile> make_file(Strand strand) const;
  void add(const std::string& contig, Strand strand, Interval stretch, float value);
  std::uint32_t number_of(const std::string& contig);

  const StrandFileOptions options_;
  std::vector<Contig> contigs_;
  std::unordered_map<std::string, std::uint32_t> numbers_;
  std::array<std::unique_ptr<StrandTrack>, 2> strands_;  ///< plus, minus
};

}  // namespace iresweep
