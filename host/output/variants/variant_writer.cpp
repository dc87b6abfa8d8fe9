#include "host/output/variants/variant_writer.h"

#include <fmt/format.h>
#include <htslib/hts.h>
#include <htslib/kstring.h>
#include <htslib/tbx.h>
#include <htslib/vcf.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <filesystem>
#include <functional>
#include <utility>

#include "host/input/fields.h"
#include "host/output/tabix_index.h"
#include "host/output/variants/variant_fields.h"

namespace iresweep {
namespace {

constexpr int kCsiMinShift = 14;  // as bcftools index has it
constexpr std::size_t kInfoColumn = 7;

OutputFile::Packing packing(VariantFormat format) {
  return format == VariantFormat::vcf_gz || format == VariantFormat::tsv_gz ? OutputFile::Packing::bgzip
                                                                            : OutputFile::Packing::plain;
}

bool is_table(VariantFormat format) { return format == VariantFormat::tsv || format == VariantFormat::tsv_gz; }

bool is_indexed(VariantFormat format) { return format == VariantFormat::vcf_gz || format == VariantFormat::bcf; }

// All lines of `text` but the last, `more`, and the last.
std::string with_lines(const std::string& text, const std::string& more) {
  const std::size_t last = text.rfind('\n', text.size() - 2) + 1;
  return text.substr(0, last) + more + text.substr(last);
}

std::string place_of(const VariantRecord& record) {
  return fmt::format("record {}, at {}:{}", record.number, record.contig, record.position + 1);
}

struct Text {
  kstring_t value{};
  Text() = default;
  ~Text() { std::free(value.s); }
  Text(const Text&) = delete;
  Text& operator=(const Text&) = delete;
};

// The fields that an effect adds to INFO; empty where there is none.
std::string info_text(const VariantRecord& record, const std::vector<Effect>& effects) {
  const std::string entries = info_entries(record, effects);
  if (entries.empty()) return "";
  std::string text = fmt::format("{}={};{}=", kEffectTag, entries, kChangeTag);
  std::string_view separator;
  for (const auto& change : info_changes(record, effects)) {
    text += separator;
    text += change ? fmt::format("{:.6g}", *change == 0 ? 0.0F : *change) : ".";
    separator = ",";
  }
  return text;
}

std::string_view info_column(std::string_view line) {
  for (std::size_t column = 0; column < kInfoColumn; ++column) line.remove_prefix(line.find('\t') + 1);
  return line.substr(0, line.find('\t'));
}

// Some programs end INFO with a semicolon: none is doubled.
std::string line_with(const std::string& line, const std::string& info) {
  if (info.empty()) return line;
  std::string_view old = info_column(line);
  const std::size_t start = std::size_t(old.data() - line.data()), end = start + old.size();
  while (old.ends_with(';')) old.remove_suffix(1);
  const std::string before = old.empty() || old == "." ? "" : std::string(old) + ';';
  return line.substr(0, start) + before + info + line.substr(end);
}

// A header need not declare what records have; bcftools then does not take it away.
void refuse_ours(const VariantRecord& record) {
  for (const std::string_view field : split_fields(info_column(record.line), ';'))
    if (const auto tag = field.substr(0, field.find('=')); tag == kEffectTag || tag == kChangeTag)
      throw Error(fmt::format("the record has an INFO field {} already, which the header does not declare", tag),
                  place_of(record), fmt::format("rename it first, e.g. by `sed '/^#/! s/\\b{}=/OLD_&/' FILE`", tag));
}

// HTSlib would write one and read it as the allele ".".
bool has_empty_allele(const VariantRecord& record) {
  return record.ref.empty() || std::any_of(record.alts.begin(), record.alts.end(), std::mem_fn(&std::string::empty));
}

void remove_old(const std::string& index) {
  if (::unlink(follow_links(index).c_str()) != 0 && errno != ENOENT)
    throw_output_error(index, "remove the outdated index", errno);
}

}  // namespace

std::optional<VariantFormat> variant_format(const std::string& path) {
  constexpr std::pair<std::string_view, VariantFormat> extensions[] = {{".vcf", VariantFormat::vcf},
                                                                       {".vcf.gz", VariantFormat::vcf_gz},
                                                                       {".bcf", VariantFormat::bcf},
                                                                       {".tsv", VariantFormat::tsv},
                                                                       {".tsv.gz", VariantFormat::tsv_gz}};
  if (path.empty() || path == "-") return VariantFormat::vcf;
  for (const auto& [extension, format] : extensions)
    if (path.ends_with(extension)) return format;
  std::error_code none;
  if (std::filesystem::is_other(path, none)) return VariantFormat::vcf;
  return std::nullopt;
}

void VariantWriter::FreeRecord::operator()(bcf1_t* record) const { bcf_destroy(record); }

VariantWriter::VariantWriter(const std::string& path, VariantFormat format, const VariantFile& input,
                             const std::string& facts)
    : path_(path), format_(format), input_header_(input.header()), file_(path, packing(format)) {
  if (is_table(format_))
    file_.write(table_header());
  else
    write_header(input, facts);
}

VariantWriter::~VariantWriter() = default;

void VariantWriter::write_header(const VariantFile& input, const std::string& facts) {
  for (const char* tag : {kEffectTag, kChangeTag})
    if (bcf_hdr_get_hrec(&input_header_, BCF_HL_INFO, "ID", tag, nullptr))
      throw Error(
          fmt::format("the header has an INFO field {} already", tag), input.name(),
          fmt::format("take it away first: `bcftools annotate -x INFO/{},INFO/{} FILE`", kEffectTag, kChangeTag));
  const std::string ours = info_header() + facts;
  if (format_ != VariantFormat::bcf) return file_.write(with_lines(input.header_text(), ours));
  header_.reset(bcf_hdr_dup(&input_header_));
  if (!header_) throw_output_error(path_, "make the header of", ENOMEM);
  for (std::size_t start = 0; start < ours.size();) {
    const std::size_t end = ours.find('\n', start);
    if (bcf_hdr_append(header_.get(), ours.substr(start, end - start).c_str()) != 0)
      throw_output_error(path_, "make the header of", EINVAL);
    start = end + 1;
  }
  if (bcf_hdr_sync(header_.get()) != 0) throw_output_error(path_, "make the header of", ENOMEM);
  open_bcf();
}

// HTSlib writes BCF itself, under the temporary name.
void VariantWriter::open_bcf() {
  file_.close();
  errno = 0;
  bcf_.reset(hts_open(file_.written_path().c_str(), "wb"));
  if (!bcf_ || bcf_hdr_write(bcf_.get(), header_.get()) != 0) throw_output_error(path_, "write", errno ? errno : EIO);
}

void VariantWriter::write(VariantRecord& record, const std::vector<Effect>& effects) {
  greatest_end_ = std::max(greatest_end_, record.position + std::int64_t(record.ref.size()));
  if (is_table(format_)) return file_.write(table_rows(record, effects));
  if (!record.bcf) refuse_ours(record);
  if (format_ == VariantFormat::bcf) return write_bcf(record, effects);
  write_text(record, effects);
}

void VariantWriter::write_text(const VariantRecord& record, const std::vector<Effect>& effects) {
  const std::string info = info_text(record, effects);
  if (!record.bcf) return file_.write(line_with(record.line, info) + '\n');
  Text line;
  if (vcf_format(&input_header_, record.bcf.get(), &line.value) != 0) throw_output_error(path_, "write", EINVAL);
  std::string text(line.value.s, line.value.l);
  while (text.ends_with('\n')) text.pop_back();
  file_.write(line_with(text, info) + '\n');
}

void VariantWriter::write_bcf(const VariantRecord& record, const std::vector<Effect>& effects) {
  std::unique_ptr<bcf1_t, FreeRecord> parsed;
  bcf1_t* bcf = record.bcf.get();
  if (!bcf) {
    parsed.reset(bcf_init());
    parse_line(record, *parsed);
    bcf = parsed.get();
  }
  const std::string entries = info_entries(record, effects);
  if (!entries.empty()) {
    std::vector<float> values;
    for (const auto& change : info_changes(record, effects)) {
      values.push_back(change.value_or(0));
      if (!change) bcf_float_set_missing(values.back());
    }
    if (bcf_update_info_string(header_.get(), bcf, kEffectTag, entries.c_str()) != 0 ||
        bcf_update_info_float(header_.get(), bcf, kChangeTag, values.data(), int(values.size())) != 0)
      throw_output_error(path_, "write", ENOMEM);
  }
  errno = 0;
  if (bcf_write(bcf_.get(), header_.get(), bcf) != 0) throw_output_error(path_, "write", errno ? errno : EIO);
}

void VariantWriter::parse_line(const VariantRecord& record, bcf1_t& parsed) const {
  Text line;
  kputsn(record.line.c_str(), int(record.line.size()), &line.value);
  if (!has_empty_allele(record) && vcf_parse(&line.value, header_.get(), &parsed) == 0 && parsed.errcode == 0) return;
  const std::string place = place_of(record);
  if (parsed.errcode & (BCF_ERR_CTG_UNDEF | BCF_ERR_TAG_UNDEF))
    throw Error("the record has a contig, filter or field that the header does not declare, which BCF needs", place,
                "write .vcf.gz, or mend the header with `bcftools reheader`");
  throw Error("the record is no sound VCF, so that BCF cannot hold it", place, "write .vcf.gz, or mend the record");
}

std::optional<std::string> VariantWriter::commit() {
  if (bcf_ && (hts_close(bcf_.release()) != 0 || (file_.renames() && !sync_to_disk(file_.written_path()))))
    throw_output_error(path_, "write", errno ? errno : EIO);
  if (!is_indexed(format_)) {
    file_.commit();
    return std::nullopt;
  }
  if (!file_.renames()) {
    file_.commit();
    return fmt::format("{}: no index, for it is no regular file", path_);
  }
  file_.close();
  const bool csi = format_ == VariantFormat::bcf || greatest_end_ > kTbiLimit;
  OutputFile index(path_ + (csi ? ".csi" : ".tbi"), OutputFile::Packing::plain);
  index.close();  // HTSlib writes it, under the temporary name
  const bool indexed = make_index(index.written_path(), csi);
  // An index never lies beside data that it does not fit, not even if this process is killed between two steps.
  remove_old(path_ + ".tbi");
  remove_old(path_ + ".csi");
  file_.commit();
  if (!indexed) return fmt::format("{}: no index, for the records are not sorted by place", path_);
  index.commit();
  return std::nullopt;
}

bool VariantWriter::make_index(const std::string& index, bool csi) const {
  if (format_ == VariantFormat::vcf_gz)
    return write_tabix_index(file_.written_path(), index, {.csi = csi, .skip_lines = 0, .vcf = true}, path_);
  constexpr int kUnsorted = -1;
  errno = 0;
  const int result = bcf_index_build3(file_.written_path().c_str(), index.c_str(), kCsiMinShift, 0);
  if ((result != 0 && result != kUnsorted) || (result == 0 && !sync_to_disk(index)))
    throw_output_error(path_, "write the index of", errno ? errno : EIO);
  return result == 0;
}

}  // namespace iresweep
