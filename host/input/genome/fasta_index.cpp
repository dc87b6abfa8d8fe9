#include "host/input/genome/fasta_index.h"

#include <fmt/format.h>
#include <htslib/faidx.h>
#include <sys/stat.h>
#include <unistd.h>
#include <xxhash.h>

#include <array>
#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <optional>
#include <string_view>
#include <system_error>

#include "host/input/fasta_source.h"
#include "host/input/fields.h"
#include "iresweep/error.h"

namespace iresweep {
namespace {

namespace fs = std::filesystem;

constexpr std::int64_t kLongestLineEnd = 2;  // CR LF

struct IndexFiles {
  std::string fai, gzi;  ///< gzi empty for plain text
};

bool older(const std::string& index, const std::string& file) {
  std::error_code error;
  const auto written = fs::last_write_time(index, error);
  return error || written < fs::last_write_time(file);
}

// `shown` names it in messages.
std::optional<std::vector<IndexedContig>> read_fai(const std::string& path, const std::string& shown) {
  std::ifstream file(path);
  std::vector<IndexedContig> contigs;
  for (std::string line; std::getline(file, line);) {
    const auto fields = split_fields(line, '\t');
    IndexedContig contig;
    // A sixth field is the index of a FASTQ.
    if (fields.size() != 5 || !parse_position(fields[1], contig.size) || !parse_position(fields[2], contig.offset) ||
        !parse_position(fields[3], contig.line_bases) || !parse_position(fields[4], contig.line_bytes))
      return std::nullopt;
    const std::int64_t line_end = contig.line_bytes - contig.line_bases;
    const bool lines_fit = contig.line_bases > 0 && line_end >= 0 && line_end <= kLongestLineEnd;
    if (contig.size < 0 || contig.offset < 1 || (contig.size > 0 && !lines_fit)) return std::nullopt;
    contig.name = fields[0];
    contigs.push_back(std::move(contig));
  }
  // Contigs that could not be read would be missing without a word.
  if (file.bad()) throw Error("the index of the FASTA file cannot be read", shown, "remove it: it is made anew");
  if (contigs.empty()) return std::nullopt;
  return contigs;
}

std::optional<std::vector<IndexedContig>> read_fresh(const IndexFiles& index, const std::string& file) {
  if (older(index.fai, file) || (!index.gzi.empty() && older(index.gzi, file))) return std::nullopt;
  return read_fai(index.fai, index.fai);
}

// One file a path: indexes of files of one name lie in one folder.
std::string cached_name(const std::string& path) {
  const std::string place = fs::weakly_canonical(fs::absolute(path)).string();
  return fmt::format("{:016x}", XXH3_64bits(place.data(), place.size()));
}

std::string cache_folder() {
  const auto variable = [](const char* name) {
    const char* value = std::getenv(name);
    return std::string(value ? value : "");
  };
  if (std::string folder = variable("IRESWEEP_CACHE"); !folder.empty()) return folder;
  if (const std::string caches = variable("XDG_CACHE_HOME"); !caches.empty()) return caches + "/iresweep";
  const std::string temporary = variable("TMPDIR");
  return fmt::format("{}/iresweep-{}", temporary.empty() ? "/tmp" : temporary, getuid());
}

// In a folder that everyone may write to, an index made by another user could say anything.
bool is_ours(const std::string& folder) {
  struct stat facts {};
  return stat(folder.c_str(), &facts) == 0 && facts.st_uid == getuid() && access(folder.c_str(), W_OK) == 0;
}

bool make_cache_folder(const std::string& folder) {
  std::error_code ignored;
  fs::create_directories(fs::path(folder).parent_path(), ignored);
  mkdir(folder.c_str(), 0700);
  return is_ours(folder);
}

[[noreturn]] void fail_indexing(const std::string& path) {
  // Whatever else is wrong with the file is said by who reads it.
  const auto source = open_fasta({path});
  while (source->next()) continue;
  throw Error("the FASTA file cannot be indexed: within a record all lines but the last must be of one length", path,
              "fold its lines, e.g. with `seqkit seq -w 60`, or check that there is space for the index");
}

// A name to write under until a file is whole; nothing stays there.
struct TemporaryName {
  std::string path;
  explicit TemporaryName(const std::string& target) : path(fmt::format("{}.{}.tmp", target, getpid())) {}
  ~TemporaryName() { unlink(path.c_str()); }
  TemporaryName(const TemporaryName&) = delete;
  TemporaryName& operator=(const TemporaryName&) = delete;
};

bool rename_to(const std::string& target, const TemporaryName& name) {
  return std::rename(name.path.c_str(), target.c_str()) == 0;
}

std::vector<IndexedContig> build(const IndexFiles& index, const std::string& path) {
  const TemporaryName fai(index.fai);
  std::optional<TemporaryName> gzi;
  if (!index.gzi.empty()) gzi.emplace(index.gzi);
  // An absolute path is never taken for an address.
  const bool built = fai_build3(fs::absolute(path).c_str(), fai.path.c_str(), gzi ? gzi->path.c_str() : nullptr) == 0;
  auto contigs = built ? read_fai(fai.path, index.fai) : std::nullopt;
  if (!contigs) fail_indexing(path);
  // The .gzi first: a .fai that is there says that both are.
  if ((!gzi || rename_to(index.gzi, *gzi)) && rename_to(index.fai, fai)) return std::move(*contigs);
  const int error = errno;
  throw Error(
      fmt::format("the index of the FASTA file cannot be given its name: {}", std::generic_category().message(error)),
      index.fai, "check the folder's permissions and the free space");
}

// Where the index of `path` may lie: beside it first.
std::array<IndexFiles, 2> possible_places(const std::string& path, Compression compression, const std::string& cache) {
  const auto files = [&](const std::string& stem) {
    return IndexFiles{stem + ".fai", compression == Compression::bgzip ? stem + ".gzi" : ""};
  };
  return {files(path), files(cache + '/' + cached_name(path))};
}

std::optional<FastaIndex> find_index(const std::array<IndexFiles, 2>& places, const std::string& path,
                                     const std::string& cache) {
  const auto& [beside, cached] = places;
  if (auto contigs = read_fresh(beside, path)) return FastaIndex{std::move(*contigs), beside.fai, beside.gzi, ""};
  if (is_ours(cache))
    if (auto contigs = read_fresh(cached, path)) return FastaIndex{std::move(*contigs), cached.fai, cached.gzi, ""};
  return std::nullopt;
}

}  // namespace

std::optional<std::vector<IndexedContig>> existing_fasta_index(const std::string& path, Compression compression) {
  if (compression == Compression::gzip) return std::nullopt;
  const std::string cache = cache_folder();
  auto found = find_index(possible_places(path, compression, cache), path, cache);
  if (!found) return std::nullopt;
  return std::move(found->contigs);
}

FastaIndex load_fasta_index(const std::string& path, Compression compression) {
  if (compression == Compression::gzip)
    throw Error("plain gzip cannot be indexed", path, "recompress it: `gzip -dc FILE | bgzip > NEW.gz`");
  const std::string cache = cache_folder();
  const auto places = possible_places(path, compression, cache);
  if (auto found = find_index(places, path, cache)) return std::move(*found);
  const auto& [beside, cached] = places;

  const std::string folder = fs::absolute(path).parent_path().string();
  const bool writable = access(folder.c_str(), W_OK) == 0;
  if (!writable && !make_cache_folder(cache))
    throw Error("the index of the FASTA file can be written neither beside it nor into the folder for indexes", cache,
                "name a folder in the environment variable IRESWEEP_CACHE, or run `samtools faidx` on the file");
  const IndexFiles& place = writable ? beside : cached;
  const char* why = !fs::exists(beside.fai)   ? "has no index"
                    : older(beside.fai, path) ? "is newer than its index"
                                              : "has no usable index";
  auto contigs = build(place, path);
  return {std::move(contigs), place.fai, place.gzi, fmt::format("{} {}: made {}", path, why, place.fai)};
}

}  // namespace iresweep
