// Hits as text, byte for byte, and the index of packed BED.
#include "host/output/hit_writer.h"

#include <gtest/gtest.h>
#include <htslib/bgzf.h>
#include <htslib/kstring.h>
#include <htslib/tbx.h>

#include <memory>
#include <vector>

#include "tests/output/folder.h"

namespace iresweep::test {
namespace {

using Kind = OutputFormat::Kind;
using Names = std::set<std::string>;

const std::string kBedHeader =
    "#chrom\tstart\tend\tname\tscore\tstrand\tthickStart\tthickEnd\titemRgb\tiresScore\tp\twindows\tbestStart\tbestEnd"
    "\t"
    "missing\tgene\ttranscripts\treads\n";

Hit hit_at(std::uint64_t record, const std::string& name, std::int64_t start, std::int64_t end) {
  Hit hit;
  hit.record = std::make_shared<Record>(Record{name, record});
  hit.start = start;
  hit.end = end;
  hit.best_start = start + 50;
  hit.best_end = start + 224;
  hit.score = 0.99900615f;
  hit.windows = 3;
  hit.missing = 2;
  return hit;
}

std::string text_of(const HitFormat& format, const Hit& hit) {
  std::string text;
  format.append(hit, text);
  return text;
}

std::optional<std::string> write_all(const std::string& path, const std::vector<Hit>& hits) {
  HitWriter writer({path, output_format(path).value()});
  for (const Hit& hit : hits) writer.write(hit);
  return writer.commit();
}

/// Starts of the rows that the index finds.
std::vector<std::string> query(const std::string& path, const std::string& index, const std::string& region) {
  const std::unique_ptr<htsFile, decltype(&hts_close)> file(hts_open(path.c_str(), "r"), hts_close);
  const std::unique_ptr<tbx_t, decltype(&tbx_destroy)> tabix(tbx_index_load2(path.c_str(), index.c_str()), tbx_destroy);
  if (!file || !tabix) return {"no index"};
  const std::unique_ptr<hts_itr_t, decltype(&hts_itr_destroy)> rows(tbx_itr_querys(tabix.get(), region.c_str()),
                                                                    hts_itr_destroy);
  std::vector<std::string> starts;
  kstring_t line = KS_INITIALIZE;
  while (rows && tbx_itr_next(file.get(), tabix.get(), rows.get(), &line) >= 0) {
    const std::string text(line.s, line.l);
    const auto from = text.find('\t') + 1;
    starts.push_back(text.substr(from, text.find('\t', from) - from));
  }
  ks_free(&line);
  return starts;
}

TEST(OutputFormat, GoesByTheExtension) {
  EXPECT_EQ(output_format("-"), OutputFormat{});
  EXPECT_EQ(output_format(""), OutputFormat{});
  EXPECT_EQ(output_format("/dev/null"), OutputFormat{});
  EXPECT_EQ(output_format("a.bed"), (OutputFormat{Kind::bed, false}));
  EXPECT_EQ(output_format("d.csv/a.bed.gz"), (OutputFormat{Kind::bed, true}));
  EXPECT_EQ(output_format("a.csv"), (OutputFormat{Kind::csv, false}));
  EXPECT_EQ(output_format("a.tsv.gz"), (OutputFormat{Kind::tsv, true}));
  for (const char* path : {"a", "a.txt", "a.gz", "bed", "a.bed.bz2", "a.bed/", "/tmp"})
    EXPECT_FALSE(output_format(path)) << path;
}

TEST(Bed, HasItsColumns) {
  EXPECT_EQ(bed_format().header, kBedHeader);
  Hit hit = hit_at(0, "tx|1", 100, 374);
  EXPECT_EQ(text_of(bed_format(), hit),
            "tx|1\t100\t374\ttx|1\t999\t+\t150\t324\t96,96,96\t0.999006\t.\t3\t150\t324\t2\t.\t.\t.\n");
  hit.strand = Strand::minus;
  hit.p = 1.25e-7;
  hit.score = 1;
  EXPECT_EQ(text_of(bed_format(), hit),
            "tx|1\t100\t374\ttx|1\t1000\t-\t150\t324\t12,48,105\t1.000000\t1.25e-07\t3\t150\t324\t2\t.\t.\t.\n");
  hit.p = 0.12345;
  EXPECT_NE(text_of(bed_format(), hit).find("\t202,210,224\t1.000000\t0.123\t"), std::string::npos);
  hit.record = std::make_shared<Record>();
  EXPECT_EQ(text_of(bed_format(), hit).substr(0, 12), ".\t100\t374\t.\t");
  hit.record = std::make_shared<Record>(Record{"#1#", 0});
  EXPECT_EQ(text_of(bed_format(), hit).substr(0, 20), "%231#\t100\t374\t%231#\t") << "no comment";
}

TEST(Bed, PutsARegionOnItsContig) {
  Hit hit = hit_at(0, "chr1:1001-3000", 100, 374);
  auto record = *hit.record;
  record.map.emplace("chr1", Strand::plus, std::vector<Interval>{{1000, 3000}});
  hit.record = std::make_shared<Record>(record);
  EXPECT_EQ(text_of(bed_format(RecordKind::regions), hit),
            "chr1\t1100\t1374\tchr1:1001-3000\t999\t+\t1150\t1324\t96,96,96\t0.999006\t.\t3\t150\t324\t2\t.\t.\t.\n");
}

TEST(Bed, GivesTranscriptsTheirBlocks) {
  Hit hit = hit_at(0, "tx1", 100, 374);  // best 150 to 324
  auto record = *hit.record;
  record.gene = "g";
  record.start_codon = 400;
  const std::vector<Interval> exons{{1000, 1200}, {2000, 2300}};
  record.map.emplace("chr1", Strand::plus, exons);
  hit.record = std::make_shared<Record>(record);
  const auto bed = bed_format(RecordKind::transcripts);
  EXPECT_EQ(bed.header,
            kBedHeader.substr(0, kBedHeader.find("iresScore")) + "blockCount\tblockSizes\tblockStarts\t" +
                kBedHeader.substr(kBedHeader.find("iresScore"), kBedHeader.size() - kBedHeader.find("iresScore") - 1) +
                "\ttoStartCodon\ttranscriptCount\n");
  EXPECT_EQ(text_of(bed, hit),
            "chr1\t1100\t2174\ttx1\t999\t+\t1150\t2124\t96,96,96\t2\t100,174\t0,900\t0.999006\t."
            "\t3\t150\t324\t2\tg\ttx1\t.\t76\t1"
            "\n");
  // On the other strand positions count from the other end: the record is 500 bases.
  record.map.emplace("chr1", Strand::minus, exons);
  hit.record = std::make_shared<Record>(record);
  EXPECT_EQ(text_of(bed, hit),
            "chr1\t1126\t2200\ttx1\t999\t-\t1176\t2150\t96,96,96\t2\t74,200\t0,874\t0.999006\t."
            "\t3\t150\t324\t2\tg\ttx1\t.\t76\t1\n");
  // The antisense of a transcript on the minus strand lies on the plus strand, and has no start codon to run to.
  hit.strand = Strand::minus;
  EXPECT_NE(text_of(bed, hit).find("\t999\t+\t"), std::string::npos);
  EXPECT_TRUE(text_of(bed, hit).ends_with("\ttx1\t.\t.\t1\n"));
}

TEST(Table, IsThePublishedOneForBestAsCsv) {
  const auto published = table_format({',', Report::best, false});
  EXPECT_EQ(published.header, "name,score,start,stop\n");
  Hit hit = hit_at(0, "ires3|1|", 0, 90);
  hit.best_start = 0;
  hit.best_end = 90;
  EXPECT_EQ(text_of(published, hit), "ires3|1|,0.99900615,1,90\n");
  const auto both = table_format({',', Report::best, true});
  EXPECT_EQ(both.header, "name,score,start,stop,strand\n");
  EXPECT_EQ(text_of(both, hit), "ires3|1|,0.99900615,1,90,+\n");
}

TEST(Table, QuotesOnlyNamesThatNeedIt) {
  const auto csv = table_format({',', Report::best, false}), tsv = table_format({'\t', Report::best, false});
  const auto start_of = [](const HitFormat& format, const char* name) {
    const std::string text = text_of(format, hit_at(0, name, 0, 274));
    return text.substr(0, text.find("0.999") - 1);
  };
  EXPECT_EQ(start_of(csv, "a;b|'c'"), "a;b|'c'");
  EXPECT_EQ(start_of(csv, "a,b"), "\"a,b\"");
  EXPECT_EQ(start_of(csv, "5\"utr"), "\"5\"\"utr\"");
  EXPECT_EQ(start_of(csv, ""), "");
  EXPECT_EQ(start_of(tsv, "a,\"b"), "a,\"b");
}

TEST(Table, HasMoreColumnsElsewhere) {
  Hit hit = hit_at(0, "t", 100, 374);
  const auto best = table_format({'\t', Report::best, false});
  EXPECT_EQ(best.header, "name\tscore\tstart\tstop\tstrand\tp\twindows\tmissing\n");
  EXPECT_EQ(text_of(best, hit), "t\t0.99900615\t101\t374\t+\t.\t3\t2\n");
  hit.p = 0.00123456;
  for (const Report report : {Report::regions, Report::windows}) {
    const auto csv = table_format({',', report, false});
    EXPECT_EQ(csv.header, "name,score,start,stop,strand,p,windows,best_start,best_stop,missing\n");
    EXPECT_EQ(text_of(csv, hit), "t,0.99900615,101,374,+,0.00123,3,151,324,2\n");
  }
}

TEST(Table, GivesScoresThatReadBack) {
  const auto csv = table_format({',', Report::best, false});
  Hit hit = hit_at(0, "t", 0, 174);
  for (const float score : {0.1f, 1e-5f, 0.4031338f, 0.99999994f, 1.0f, 1.17549435e-38f}) {
    hit.score = score;
    const std::string text = text_of(csv, hit);
    EXPECT_EQ(std::stof(text.substr(2)), score) << text;
  }
}

TEST(HitWriter, WritesBedWhenCommitted) {
  const Folder folder;
  const Hit hit = hit_at(0, "t", 100, 374);
  EXPECT_FALSE(write_all(folder / "x.bed", {hit}));
  EXPECT_EQ(file_bytes(folder / "x.bed"), kBedHeader + text_of(bed_format(), hit));
  EXPECT_EQ(folder.names(), Names{"x.bed"});
  { HitWriter({folder / "x.bed", {}}).write(hit_at(0, "other", 0, 1)); }
  EXPECT_EQ(file_bytes(folder / "x.bed"), kBedHeader + text_of(bed_format(), hit)) << "not committed";
}

TEST(HitWriter, IndexesPackedBed) {
  const Folder folder;
  const std::string path = folder / "x.bed.gz";
  EXPECT_FALSE(write_all(path, {hit_at(0, "b", 100, 374), hit_at(0, "b", 500, 774), hit_at(1, "a:1-9", 0, 274)}));
  EXPECT_EQ(folder.names(), (Names{"x.bed.gz", "x.bed.gz.tbi"}));
  EXPECT_EQ(query(path, path + ".tbi", "b:300-400"), std::vector<std::string>{"100"});
  EXPECT_EQ(query(path, path + ".tbi", "b"), (std::vector<std::string>{"100", "500"}));
  EXPECT_EQ(query(path, path + ".tbi", "{a:1-9}:1-2"), std::vector<std::string>{"0"});
  EXPECT_GE(std::filesystem::last_write_time(path + ".tbi"), std::filesystem::last_write_time(path));
}

TEST(HitWriter, IndexesFarPositionsAsCsi) {
  const Folder folder;
  const std::string path = folder / "x.bed.gz";
  folder.write("x.bed.gz.tbi", "of an earlier run");
  const std::int64_t far = (std::int64_t(1) << 29) - 100;
  EXPECT_FALSE(write_all(path, {hit_at(0, "c", 5, 279), hit_at(0, "c", far, far + 274)}));
  EXPECT_EQ(folder.names(), (Names{"x.bed.gz", "x.bed.gz.csi"}));
  EXPECT_EQ(query(path, path + ".csi", "c:" + std::to_string(far + 50) + "-" + std::to_string(far + 60)),
            std::vector<std::string>{std::to_string(far)});
  EXPECT_FALSE(write_all(path, {hit_at(0, "c", far - 174, far + 100)}));
  EXPECT_EQ(folder.names(), (Names{"x.bed.gz", "x.bed.gz.tbi"})) << "the .csi is out of date";
}

TEST(HitWriter, IndexesNothingAtAll) {
  const Folder folder;
  const std::string path = folder / "x.bed.gz";
  EXPECT_FALSE(write_all(path, {}));
  EXPECT_EQ(folder.names(), (Names{"x.bed.gz", "x.bed.gz.tbi"}));
  EXPECT_EQ(query(path, path + ".tbi", "b"), std::vector<std::string>{});
  const std::unique_ptr<BGZF, decltype(&bgzf_close)> file(bgzf_open(path.c_str(), "r"), bgzf_close);
  std::string text(1000, '\0');
  text.resize(std::size_t(bgzf_read(file.get(), text.data(), text.size())));
  EXPECT_EQ(text, kBedHeader);
}

TEST(HitWriter, WarnsWhereNamesRepeat) {
  const Folder folder;
  const std::string path = folder / "x.bed.gz";
  const std::vector<std::vector<Hit>> cases = {
      {hit_at(0, "b", 0, 274), hit_at(1, "a", 0, 274), hit_at(2, "b", 500, 774)},  // apart
      {hit_at(0, "b", 500, 774), hit_at(1, "b", 0, 274)},                          // side by side, backwards
      {hit_at(0, "b", 0, 274), hit_at(1, "b", 500, 774)},                          // by luck in order
  };
  for (const auto& hits : cases) {
    EXPECT_FALSE(write_all(path, {hit_at(0, "old", 0, 274)}));
    const auto warning = write_all(path, hits);
    ASSERT_TRUE(warning);
    EXPECT_EQ(warning->find(path + ": no tabix index"), 0u);
    EXPECT_EQ(folder.names(), Names{"x.bed.gz"}) << "an outdated index";
  }
}

TEST(HitWriter, KeepsTheEarlierRunWithoutCommit) {
  const Folder folder;
  const std::string path = folder / "x.bed.gz";
  EXPECT_FALSE(write_all(path, {hit_at(0, "b", 100, 374)}));
  { HitWriter({path, {Kind::bed, true}}).write(hit_at(0, "other", 0, 274)); }
  EXPECT_EQ(query(path, path + ".tbi", "b"), std::vector<std::string>{"100"});
  EXPECT_EQ(folder.names(), (Names{"x.bed.gz", "x.bed.gz.tbi"}));
}

TEST(HitWriter, PacksTablesWithoutAnIndex) {
  const Folder folder;
  EXPECT_FALSE(write_all(folder / "x.csv.gz", {hit_at(0, "b", 100, 374)}));
  EXPECT_EQ(folder.names(), Names{"x.csv.gz"});
}

TEST(HitWriter, FailsOnAFullDisk) {
  HitWriter writer({"/dev/full", {Kind::bed, true}});
  writer.write(hit_at(0, "b", 100, 374));
  EXPECT_THROW(writer.commit(), Error);
}

}  // namespace
}  // namespace iresweep::test
