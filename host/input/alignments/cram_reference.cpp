#include "host/input/alignments/cram_reference.h"

#include <fmt/format.h>
#include <htslib/cram.h>
#include <htslib/faidx.h>
#include <htslib/hts.h>
#include <htslib/kstring.h>
#include <htslib/sam.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <cstdlib>
#include <filesystem>
#include <memory>
#include <optional>
#include <string_view>

#include "host/input/bgzf_file.h"
#include "host/input/fasta_faults.h"
#include "host/input/genome/fasta_index.h"

namespace iresweep {
namespace {

constexpr const char* kWhereFound =
    "name its FASTA by --reference, or put it where REF_PATH or REF_CACHE lead; nothing is fetched from a network";

std::string variable(const char* name) {
  const char* value = std::getenv(name);
  return value ? value : "";
}

// HTSlib's own folder, in its own form: parts of the checksum are parts of the path.
std::string reference_cache() {
  if (std::string cache = variable("REF_CACHE"); !cache.empty()) return cache;
  const std::string caches = variable("XDG_CACHE_HOME"), home = variable("HOME");
  return (caches.empty() ? (home.empty() ? "/tmp" : home + "/.cache") : caches) + "/hts-ref/%2s/%2s/%s";
}

bool is_remote(std::string_view place) { return place.find("://") != place.npos && !place.starts_with("file://"); }

// Of a file that is not there HTSlib would tell on standard error.
bool is_readable(const std::string& place) {
  constexpr std::string_view kScheme = "file:";
  return access(place.c_str() + (place.starts_with(kScheme) ? kScheme.size() : 0), R_OK) == 0;
}

std::optional<std::string> header_tag(sam_hdr_t& header, const char* contig, const char* tag) {
  kstring_t text = KS_INITIALIZE;
  std::optional<std::string> value;
  if (sam_hdr_find_tag_id(&header, "SQ", "SN", contig, tag, &text) == 0) value = std::string(text.s, text.l);
  ks_free(&text);
  return value;
}

std::string lower(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(), [](unsigned char c) { return char(std::tolower(c)); });
  return text;
}

// As SAM has it: of the letters in upper case, without line ends. Empty when the contig cannot be read.
std::string md5_of(const faidx_t& fasta, const std::string& contig) {
  constexpr std::int64_t kChunk = 1 << 20;
  const std::unique_ptr<hts_md5_context, decltype(&hts_md5_destroy)> md5(hts_md5_init(), hts_md5_destroy);
  hts_pos_t length = kChunk;
  for (std::int64_t from = 0; length == kChunk; from += kChunk) {
    const std::unique_ptr<char, decltype(&std::free)> letters(
        faidx_fetch_seq64(&fasta, contig.c_str(), from, from + kChunk - 1, &length), std::free);
    if (!letters || length < 0) return "";
    std::transform(letters.get(), letters.get() + length, letters.get(),
                   [](unsigned char c) { return char(std::toupper(c)); });
    hts_md5_update(md5.get(), letters.get(), static_cast<unsigned long>(length));
  }
  std::array<unsigned char, 16> digest{};
  std::array<char, 33> hex{};
  hts_md5_final(digest.data(), md5.get());
  hts_md5_hex(hex.data(), digest.data());
  return hex.data();
}

}  // namespace

void keep_reference_search_local() {
  if (variable("REF_PATH").empty()) setenv("REF_PATH", reference_cache().c_str(), 1);
}

void forget_useless_references(htsFile& cram) {
  const bool network = is_remote(variable("REF_PATH"));
  sam_hdr_t* header = cram_fd_get_header(cram.fp.cram);
  for (int contig = 0; contig < sam_hdr_nref(header); ++contig) {
    const char* name = sam_hdr_tid2name(header, contig);
    const std::string place = header_tag(*header, name, "UR").value_or("");
    if (!place.empty() && !(is_remote(place) ? network : is_readable(place)))
      sam_hdr_remove_tag_id(header, "SQ", "SN", name, "UR");
  }
}

void use_reference(htsFile& cram, const std::string& reference) {
  check_readable(reference);
  const FastaIndex index = load_fasta_index(reference, compression(open_bgzf(reference)));
  if (index.path != reference + ".fai")
    throw Error("the index of the reference does not lie beside it, where CRAM needs it", reference,
                "run `samtools faidx` on it as someone who may write there, or give a copy");
  const std::string place = std::filesystem::absolute(reference).string();
  if (hts_set_opt(&cram, CRAM_OPT_REFERENCE, place.c_str()) != 0)
    throw Error(
        "the reference cannot be read", reference,
        fmt::format("give a FASTA, plain or bgzip; if its index {} is damaged, remove that", in_quotes(index.path)));
}

Error reference_fault(const std::string& path, sam_hdr_t& header, const std::string& contig,
                      const std::string& reference) {
  const std::string wanted = lower(header_tag(header, contig.c_str(), "M5").value_or(""));
  const std::string shown = fmt::format("contig {} (md5 {})", in_quotes(contig), wanted.empty() ? "unknown" : wanted);
  if (reference.empty()) return {fmt::format("the reference of {} is not found", shown), path, kWhereFound};
  const std::unique_ptr<faidx_t, decltype(&fai_destroy)> fasta(fai_load(std::filesystem::absolute(reference).c_str()),
                                                               fai_destroy);
  if (!fasta || !faidx_has_seq(fasta.get(), contig.c_str()))
    return {fmt::format("the reference lacks {}", shown), reference, kWhereFound};
  const std::string given = md5_of(*fasta, contig);
  if (given.empty())
    return {fmt::format("the reference cannot be read at {}", shown), reference, "copy the file again"};
  if (wanted == given) return {"", "", ""};
  return {fmt::format("the reference has another sequence (md5 {}) than {} of {}", given, shown, path), reference,
          "name by --reference the FASTA that the CRAM was made with"};
}

}  // namespace iresweep
