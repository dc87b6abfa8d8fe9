#include "host/input/variants/variant_file.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <htslib/bgzf.h>
#include <htslib/hfile.h>
#include <htslib/hts.h>
#include <htslib/hts_log.h>
#include <htslib/kstring.h>
#include <htslib/vcf.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <string_view>
#include <utility>

#include "host/input/bgzf_file.h"
#include "host/input/fasta_faults.h"
#include "host/input/fields.h"
#include "iresweep/error.h"

namespace iresweep {
namespace {

constexpr const char* kCopyAgain = "copy the file again; `bcftools view FILE > /dev/null` checks a copy";
constexpr std::size_t kLeastColumns = 8;
constexpr std::size_t kFreeIndexes = 65536;  ///< of a table that costs no memory to speak of

struct ForgetRecord {
  void operator()(bcf1_t* record) const { bcf_destroy(record); }
};

// By descriptor and not by name: HTSlib would take a name such as "http://..." for an address.
hFILE* open_stream(const std::string& path, const std::string& name) {
  const int descriptor = path == "-" ? ::dup(STDIN_FILENO) : ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  hFILE* stream = descriptor < 0 ? nullptr : hdopen(descriptor, "r");
  if (stream) return stream;
  if (descriptor >= 0) ::close(descriptor);
  throw Error("cannot open the file", name, "check its path and its permissions");
}

std::vector<std::string> split_alts(std::string_view text) {
  std::vector<std::string> alts;
  if (text == ".") return alts;
  for (const std::string_view alt : split_fields(text, ',')) alts.emplace_back(alt);
  return alts;
}

// The value of the header line's field IDX, its place in HTSlib's tables; 0 where it has none. `line` ends with a 0.
std::uint64_t asked_index(std::string_view line) {
  constexpr std::string_view kField = "IDX=";
  bool quoted = false;
  for (std::size_t i = 1; i < line.size(); ++i) {
    if (line[i] == '"') quoted = !quoted;
    if (quoted || !line.substr(i).starts_with(kField) || !std::strchr("<, ", line[i - 1])) continue;
    return std::strtoull(line.data() + i + kField.size(), nullptr, 10);
  }
  return 0;
}

}  // namespace

void CloseVariants::operator()(htsFile* file) const { hts_close(file); }
void CloseVariants::operator()(bcf_hdr_t* header) const { bcf_hdr_destroy(header); }
void CloseVariants::operator()(kstring_t* text) const {
  std::free(text->s);
  delete text;
}

VariantFile::VariantFile(const std::string& path, std::string shown)
    : name_(std::move(shown)), file_size_(check_readable(path)), buffer_(new kstring_t{}) {
  open(path);
  if (is_bcf_) {
    header_.reset(bcf_hdr_read(file_.get()));
    if (!header_) fail("the header of the BCF is damaged", kCopyAgain);
    kstring_t text{};
    bcf_hdr_format(header_.get(), 0, &text);
    text_.assign(text.s ? text.s : "", text.l);
    std::free(text.s);
  } else {
    read_text_header();
  }
  list_contigs();
}

void VariantFile::open(const std::string& path) {
  hts_set_log_level(HTS_LOG_OFF);  // what HTSlib finds ends in our errors
  hFILE* stream = open_stream(path, name_);
  htsFormat format{};
  const bool detected = hts_detect_format(stream, &format) == 0;
  if (!detected || (format.format != vcf && format.format != bcf)) {
    hclose_abruptly(stream);
    fail("this is neither VCF nor BCF", "a VCF begins with ##fileformat=VCF; give variants, plain, bgzip or BCF");
  }
  file_.reset(hts_hopen(stream, path.c_str(), "r"));
  if (!file_) {
    hclose_abruptly(stream);
    fail("the variants cannot be read: the file is damaged", kCopyAgain);
  }
  if (hts_check_EOF(file_.get()) == 0)
    fail("the bgzip data end without their end mark: the file is probably cut short", kCopyAgain);
  is_bcf_ = format.format == bcf;
}

void VariantFile::read_text_header() {
  while (next_line()) {
    text_.append(buffer_->s, buffer_->l);
    text_ += '\n';
    const std::string_view line(buffer_->s, buffer_->l);
    if (asked_index(line) > kFreeIndexes + text_.size())
      fail("the IDX of a header line is far beyond the header's size", "take IDX out of the header: VCF needs none");
    if (line.starts_with("##")) continue;
    if (!line.starts_with("#CHROM\t"))
      fail("a line of records stands before the line #CHROM", "mend the header, e.g. with `bcftools reheader`");
    std::string copy = text_;
    header_.reset(bcf_hdr_init("r"));
    if (!header_ || bcf_hdr_parse(header_.get(), copy.data()) != 0)
      fail("the header of the VCF cannot be understood", "`bcftools view -h FILE` tells what is wrong with it");
    return;
  }
  fail("the VCF ends before the line #CHROM", kCopyAgain);
}

void VariantFile::list_contigs() {
  const bcf_hdr_t& header = *header_;
  for (int i = 0; i < header.n[BCF_DT_CTG]; ++i) {
    const bcf_idpair_t& contig = header.id[BCF_DT_CTG][i];
    if (contig.key && contig.val) contigs_.push_back({contig.key, std::int64_t(contig.val->info[0])});
  }
}

bool VariantFile::next_line() {
  const int length = hts_getline(file_.get(), '\n', buffer_.get());
  if (length < -1) fail("the data are damaged or cut short", kCopyAgain);
  if (length < 0) check_end();
  ++lines_;
  // HTSlib would take the line to end there.
  if (length > 0 && std::string_view(buffer_->s, buffer_->l).find('\0') != std::string_view::npos)
    fail("a line holds a byte of value 0: the data are damaged", kCopyAgain);
  return length >= 0;
}

bool VariantFile::next(VariantRecord& record) {
  record = {};
  if (!(is_bcf_ ? next_of_bcf(record) : next_of_text(record))) return false;
  record.number = ++records_;
  return true;
}

bool VariantFile::next_of_text(VariantRecord& record) {
  do {
    if (!next_line()) return false;
  } while (buffer_->l == 0);
  record.line.assign(buffer_->s, buffer_->l);
  std::string_view rest = record.line, column[kLeastColumns];
  for (std::size_t i = 0; i < kLeastColumns; ++i) {
    const std::size_t tab = rest.find('\t');
    column[i] = rest.substr(0, tab);
    if (tab == rest.npos && i + 1 < kLeastColumns)
      fail(fmt::format("a record has {} columns, of {} at least", i + 1, kLeastColumns),
           "columns of a VCF are parted by tabs");
    rest.remove_prefix(tab == rest.npos ? rest.size() : tab + 1);
  }
  std::int64_t position = 0;
  if (!parse_position(column[1], position) || position < 0)
    fail(fmt::format("{} is no position", in_quotes(column[1])), "POS is a whole number, from 1");
  record.contig = column[0];
  record.position = position - 1;
  record.ref = column[3];
  record.alts = split_alts(column[4]);
  return true;
}

bool VariantFile::next_of_bcf(VariantRecord& record) {
  record.bcf = std::shared_ptr<bcf1_t>(bcf_init(), ForgetRecord());
  const int result = bcf_read(file_.get(), header_.get(), record.bcf.get());
  if (result == -1) {
    check_end();
    return false;
  }
  if (result < -1 || record.bcf->errcode != 0 || bcf_unpack(record.bcf.get(), BCF_UN_STR) < 0)
    fail("the data are damaged or cut short", kCopyAgain);
  const bcf1_t& bcf = *record.bcf;
  record.contig = bcf_seqname_safe(header_.get(), &bcf);
  record.position = bcf.pos;
  if (bcf.n_allele > 0) record.ref = bcf.d.allele[0];
  for (int i = 1; i < int(bcf.n_allele); ++i) record.alts.emplace_back(bcf.d.allele[i]);
  return true;
}

// Of a pipe only the end itself can tell that the end mark is missing.
void VariantFile::check_end() const {
  if (file_->format.compression == bgzf && !file_->fp.bgzf->last_block_eof)
    fail("the bgzip data end without their end mark: they are probably cut short", kCopyAgain);
}

std::uint64_t VariantFile::file_read() const {
  if (file_size_ == 0) return 0;
  if (file_->is_bgzf) return std::uint64_t(file_->fp.bgzf->block_address);
  return std::uint64_t(std::max<off_t>(htell(file_->fp.hfile), 0));
}

void VariantFile::fail(const std::string& what, const std::string& hint) const {
  throw Error(what,
              records_ + lines_ == 0 ? name_
              : is_bcf_              ? fmt::format("{}, record {}", name_, records_ + 1)
                                     : fmt::format("{}, line {}", name_, lines_),
              hint);
}

}  // namespace iresweep
