// A file of values along contigs.
#pragma once
#include <memory>
#include <string>
#include <vector>

#include "host/input/sequence_source.h"
#include "host/output/output_file.h"
#include "host/output/track/track_value.h"

namespace iresweep {

/// Takes values by contig and start, without overlap. Throws Error, as all that follows does.
class TrackFile : public TrackSink {
 public:
  /// Completes the file, under its temporary name.
  virtual void close() = 0;
  /// Gives it its name.
  virtual void commit() = 0;
  virtual const OutputFile& file() const = 0;
};

/// A bedGraph: a line a value, after `header` (whole lines, or nothing). `contigs` may grow until it is closed.
std::unique_ptr<TrackFile> make_bedgraph(const std::string& path, const std::vector<Contig>& contigs,
                                         const std::string& header);

/// A bigWig file with zoom levels for values about `width` bases wide. `contigs`, which must stay, are in the order of
/// their names' bytes, none is empty, and each has at most 2^32 - 1 bases. It is written here and not by libBigWig:
/// that one holds the zoom levels of a genome in 0.7 GB, does not tell when the disk is full, searches all contigs for
/// each (transcriptomes have 200,000), and leaves the sum of the last bin of a block at 0.
std::unique_ptr<TrackFile> make_bigwig(const std::string& path, const std::vector<Contig>& contigs, int width);

}  // namespace iresweep
