// Variants with their effects: VCF, BCF, or a table.
#pragma once
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "host/input/variants/variant_file.h"
#include "host/output/output_file.h"
#include "host/variants/comparison.h"

struct bcf1_t;
struct htsFile;

namespace iresweep {

enum class VariantFormat { vcf, vcf_gz, bcf, tsv, tsv_gz };

/// By extension: .vcf .vcf.gz .bcf .tsv .tsv.gz. VCF for standard output ("-" or "") and for what exists and is no
/// regular file. Nothing for another extension: wrong usage.
std::optional<VariantFormat> variant_format(const std::string& path);
inline constexpr const char* kVariantExtensions = ".vcf .vcf.gz .bcf .tsv .tsv.gz";

/// A record goes out as it came: of a VCF its line, to which INFO's fields are added and nothing else is done; from and
/// to BCF by HTSlib. The file appears under its name when it is complete. Every fault is an Error.
class VariantWriter {
 public:
  /// Writes the header: that of `input` and, before its last line, our lines and `facts`, header lines with their ends.
  /// Throws Error where the header has one of our fields already: such a file came from here. So does write(), where a
  /// record has one that the header does not declare.
  VariantWriter(const std::string& path, VariantFormat format, const VariantFile& input, const std::string& facts);
  ~VariantWriter();
  VariantWriter(const VariantWriter&) = delete;
  VariantWriter& operator=(const VariantWriter&) = delete;

  void write(VariantRecord& record, const std::vector<Effect>& effects);

  /// Completes the file, and its index for .vcf.gz (.tbi; .csi for contigs beyond its reach) and .bcf (.csi). Returns a
  /// warning when no index could be made.
  std::optional<std::string> commit();

  const OutputFile& file() const { return file_; }

 private:
  struct FreeRecord {
    void operator()(bcf1_t* record) const;
  };

  void write_header(const VariantFile& input, const std::string& facts);
  void open_bcf();
  void write_text(const VariantRecord& record, const std::vector<Effect>& effects);
  void write_bcf(const VariantRecord& record, const std::vector<Effect>& effects);
  void parse_line(const VariantRecord& record, bcf1_t& parsed) const;
  bool make_index(const std::string& index, bool csi) const;

  const std::string path_;
  const VariantFormat format_;
  const bcf_hdr_t& input_header_;  ///< of the input's records
  VariantHeader header_;           ///< of ours, for BCF
  OutputFile file_;
  std::unique_ptr<htsFile, CloseVariants> bcf_;  ///< into the same file, which OutputFile has given up
  std::int64_t greatest_end_ = 0;
};

}  // namespace iresweep
