#include "host/input/alignments/alignment_file.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <htslib/bgzf.h>
#include <htslib/cram.h>
#include <htslib/hfile.h>
#include <htslib/hts_log.h>
#include <htslib/sam.h>
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <system_error>
#include <utility>

#include "host/input/alignments/cram_reference.h"
#include "host/input/bgzf_file.h"
#include "host/input/fasta_faults.h"
#include "iresweep/error.h"

namespace iresweep {
namespace {

// What is read of a CRAM: all but qualities, mates and, unless asked for, bases.
constexpr int kFields = SAM_QNAME | SAM_FLAG | SAM_RNAME | SAM_POS | SAM_MAPQ | SAM_CIGAR | SAM_AUX;

constexpr const char* kCopyAgain = "copy the file again; `samtools quickcheck FILE` checks a copy";

// By descriptor and not by name: HTSlib would take a name such as "http://..." for an address.
hFILE* open_stream(const std::string& path) {
  const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  hFILE* stream = descriptor < 0 ? nullptr : hdopen(descriptor, "r");
  if (stream) return stream;
  if (descriptor >= 0) ::close(descriptor);
  throw Error("cannot open the file", path, "check its path and its permissions");
}

std::vector<std::string> possible_indexes(const std::string& path) {
  return {path + ".csi", path + ".bai", path + ".crai", std::filesystem::path(path).replace_extension("bai").string()};
}

// A warning will do: whoever copies files often changes the order of their times.
bool has_old_index(const std::string& path) {
  namespace fs = std::filesystem;
  for (const std::string& index : possible_indexes(path)) {
    std::error_code error;
    const auto written = fs::last_write_time(index, error);
    if (!error && written < fs::last_write_time(path)) return true;
  }
  return false;
}

// The index that lies beside the file; empty where none does.
std::string index_of(const std::string& path) {
  namespace fs = std::filesystem;
  std::error_code none;
  for (const std::string& index : possible_indexes(path))
    if (fs::exists(index, none)) return index;
  return "";
}

bool is_cram(const htsFile& file) { return hts_get_format(const_cast<htsFile*>(&file))->format == cram; }

}  // namespace

bool holds_alignments(const std::string& path) {
  struct stat facts {};
  if (path == "-" || ::stat(path.c_str(), &facts) != 0 || !S_ISREG(facts.st_mode)) return false;
  check_readable(path);
  hts_set_log_level(HTS_LOG_OFF);
  hFILE* stream = open_stream(path);
  htsFormat format{};
  const int known = hts_detect_format(stream, &format);
  const bool failed = herrno(stream) != 0;
  hclose_abruptly(stream);
  if (failed) throw Error("reading failed", path, "copy the file again");
  return known == 0 && (format.format == bam || format.format == cram || format.format == sam);
}

void AlignmentFile::Close::operator()(htsFile* file) const { hts_close(file); }
void AlignmentFile::Close::operator()(sam_hdr_t* header) const { sam_hdr_destroy(header); }
void AlignmentFile::Close::operator()(hts_idx_t* index) const { hts_idx_destroy(index); }
void AlignmentFile::Close::operator()(hts_itr_t* iterator) const { hts_itr_destroy(iterator); }
void AlignmentFile::Close::operator()(bam1_t* read) const { bam_destroy1(read); }

AlignmentFile::AlignmentFile(std::string path, AlignmentFileOptions options)
    : path_(std::move(path)), options_(std::move(options)), file_size_(check_readable(path_)), read_(bam_init1()) {
  open();
  read_header();
}
AlignmentFile::~AlignmentFile() = default;
AlignmentFile::AlignmentFile(AlignmentFile&&) noexcept = default;

void AlignmentFile::open() {
  hts_set_log_level(HTS_LOG_OFF);  // what HTSlib finds ends in our errors
  keep_reference_search_local();
  hFILE* stream = open_stream(path_);
  file_.reset(hts_hopen(stream, std::filesystem::absolute(path_).c_str(), "r"));
  if (!file_) {
    hclose_abruptly(stream);
    throw Error("the alignments cannot be read: the file is damaged", path_, kCopyAgain);
  }
  const int end = hts_check_EOF(file_.get());
  if (end < 0) throw Error("reading failed", path_, kCopyAgain);
  if (end == 0)
    throw Error("the alignments end without their end mark: the file is probably cut short", path_, kCopyAgain);
  if (is_cram(*file_)) {
    hts_set_opt(file_.get(), CRAM_OPT_REQUIRED_FIELDS, kFields | (options_.sequences ? SAM_SEQ : 0));
    hts_set_opt(file_.get(), CRAM_OPT_DECODE_MD, 0);
  }
  if (options_.threads > 1 && hts_set_threads(file_.get(), options_.threads) != 0)
    throw Error("cannot start the threads that decompress", path_, "give fewer threads");
}

void AlignmentFile::read_header() {
  header_.reset(sam_hdr_read(file_.get()));
  if (!header_) throw Error("the header of the alignments is damaged", path_, kCopyAgain);
  for (int contig = 0; contig < sam_hdr_nref(header_.get()); ++contig)
    if (!contigs_.add(sam_hdr_tid2name(header_.get(), contig), sam_hdr_tid2len(header_.get(), contig)))
      throw Error(fmt::format("the header names two contigs {}", in_quotes(sam_hdr_tid2name(header_.get(), contig))),
                  path_, "mend it, e.g. with `samtools reheader`");
  if (contigs_.all().empty())
    throw Error("the header of the alignments names no contig", path_,
                "align the reads first, or scan them unaligned: `samtools fasta FILE | iresweep scan -`");
  if (!is_cram(*file_)) return;
  forget_useless_references(*file_);
  if (options_.sequences && !options_.reference.empty()) use_reference(*file_, options_.reference);
}

void AlignmentFile::restrict_to(const std::vector<Region>& regions) {
  regions_ = regions;
  reads_ = 0;
  last_contig_ = 0, last_position_ = -1;
  load_index();
  std::vector<std::string> names;
  for (const auto& [contig, stretch] : regions)
    names.push_back(fmt::format("{{{}}}:{}-{}", contigs_[contig].name, stretch.start + 1, stretch.end));
  std::vector<char*> list;
  for (std::string& name : names) list.push_back(name.data());
  iterator_.reset(sam_itr_regarray(index_.get(), header_.get(), list.data(), unsigned(list.size())));
  if (!iterator_)
    throw Error("the index of the alignments cannot be used", path_,
                fmt::format("make it anew: `samtools index {}`", path_));
}

void AlignmentFile::load_index() {
  if (index_) return;
  const std::string place = std::filesystem::absolute(path_).string();
  index_.reset(sam_index_load3(file_.get(), place.c_str(), nullptr, HTS_IDX_SILENT_FAIL));
  if (!index_) {
    const std::string lying = index_of(path_);
    throw Error(lying.empty() ? "the alignments have no index, which reading a part of them needs"
                              : "the index of the alignments cannot be read",
                lying.empty() ? path_ : lying, fmt::format("make one: `samtools index {}`", path_));
  }
  if (has_old_index(path_))
    notes_.push_back(fmt::format("{} is newer than its index: should reads be missing, run `samtools index`", path_));
}

const bam1_t* AlignmentFile::next() {
  const int result = iterator_ ? sam_itr_multi_next(file_.get(), iterator_.get(), read_.get())
                               : sam_read1(file_.get(), header_.get(), read_.get());
  if (result == -1) {
    // Of a CRAM whose next bytes cannot be read HTSlib says that it ends there.
    if (is_cram(*file_) && herrno(cram_fd_get_fp(file_->fp.cram)) != 0)
      throw Error("reading failed", path_, kCopyAgain);
    return nullptr;
  }
  if (result < 0) fail_reading();
  ++reads_;
  check_order();
  return read_.get();
}

void AlignmentFile::check_order() {
  const std::int64_t contig = read_->core.tid, position = read_->core.pos;
  if (contig < 0) return;  // unplaced ones stand last
  if (std::pair(contig, position) < std::pair(last_contig_, last_position_))
    throw Error(fmt::format("the alignments are not sorted by place: {} stands behind one that lies behind it",
                            in_quotes(bam_get_qname(read_.get()))),
                path_, "sort them: `samtools sort -o SORTED FILE`");
  last_contig_ = contig;
  last_position_ = position;
}

void AlignmentFile::fail_reading() {
  if (is_cram(*file_) && options_.sequences) {
    const std::string contig = contig_of_next();
    if (!contig.empty())
      if (const Error fault = reference_fault(path_, *header_, contig, options_.reference); !fault.what_failed.empty())
        throw fault;
  }
  const std::string reference =
      options_.reference.empty() ? "" : fmt::format("; or {} could not be read", in_quotes(options_.reference));
  throw Error(fmt::format("the alignments are damaged or cut short behind read {}", reads_), path_,
              kCopyAgain + reference);
}

// Of the read that could not be decoded: everything but its bases can. Empty when that fails, too.
std::string AlignmentFile::contig_of_next() const {
  try {
    AlignmentFile again(path_, {.reference = "", .sequences = false, .threads = 1});
    if (!regions_.empty()) again.restrict_to(regions_);
    for (std::uint64_t i = 0; i < reads_; ++i) again.next();
    const bam1_t* read = again.next();
    return read && read->core.tid >= 0 ? contigs_[std::size_t(read->core.tid)].name : "";
  } catch (const Error&) {
    return "";
  }
}

std::uint64_t AlignmentFile::file_read() const {
  if (iterator_) return 0;
  if (is_cram(*file_)) return std::uint64_t(htell(cram_fd_get_fp(file_->fp.cram)));
  return file_->is_bgzf ? std::uint64_t(file_->fp.bgzf->block_address) : 0;
}

}  // namespace iresweep
