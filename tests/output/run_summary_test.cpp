// The summary of a run, as JSON and as closing lines.
#include "host/output/run_summary.h"

#include <gtest/gtest.h>

#include <limits>
#include <nlohmann/json.hpp>

#include "iresweep/error.h"
#include "tests/output/folder.h"

namespace iresweep::test {
namespace {

RunSummary example() {
  RunSummary summary;
  summary.version = "0.1.0";
  summary.command = "iresweep scan x.fa";
  InputFacts input;
  input.path = "x.fa";
  input.bytes = 2000;
  input.checksum = "abc";
  input.records = 3;
  input.empty_records = 1;
  input.bases = 1500000;
  input.missing_bases = 20;
  summary.inputs = {input, input};
  summary.model = {"first", "def", 174, 50, true};
  summary.threshold = RunSummary::Threshold{0.98, 3.9, RunSummary::Threshold::Source::null_rate, 0.001};
  summary.strands = "both";
  summary.step = 50;
  summary.max_missing = 8;
  summary.counts = {1000, 10, 5, 4, 1, 4, 0.99};
  summary.device = "cpu, avx512, 2 threads";
  summary.threads = 2;
  summary.seconds = 2;
  summary.peak_memory = 123000000;
  return summary;
}

TEST(SummaryJson, SaysAll) {
  const std::string text = summary_json(example());
  EXPECT_EQ(text.back(), '\n');
  EXPECT_EQ(text.find("{\n  \"version\": \"0.1.0\",\n  \"command\""), 0u) << text;
  const auto json = nlohmann::json::parse(text);
  ASSERT_EQ(json.at("inputs").size(), 2u);
  EXPECT_EQ(json["inputs"][1]["path"], "x.fa");
  EXPECT_EQ(json["inputs"][0]["xxh3_128"], "abc");
  EXPECT_EQ(json["inputs"][0]["missing_bases"], 20);
  EXPECT_EQ(json["records"], 6);
  EXPECT_EQ(json["empty_records"], 2);
  EXPECT_EQ(json["model"]["null_table"], true);
  EXPECT_EQ(json["threshold"]["chosen"], "null rate");
  EXPECT_EQ(json["threshold"]["null_rate"], 0.001);
  EXPECT_EQ(json["threshold"]["logit"], 3.9);
  EXPECT_EQ(json["report"], "regions");
  EXPECT_EQ(json["counts"]["too_many_missing_bases"], 10);
  EXPECT_EQ(json["counts"]["loci"], 4);
  EXPECT_EQ(json["counts"]["called_by_composition"], 0.99);
  EXPECT_EQ(json["windows_per_second"], 500);
  EXPECT_EQ(json["peak_memory_bytes"], 123000000);
}

TEST(SummaryJson, IsJsonInOddCases) {
  RunSummary summary = example();
  summary.inputs = {InputFacts{}};
  summary.inputs[0].path = "caf\xe9.fa";
  summary.counts.expected_by_chance.reset();
  summary.threshold->logit = -std::numeric_limits<double>::infinity();
  summary.seconds = 0;
  auto json = nlohmann::json::parse(summary_json(summary));
  EXPECT_TRUE(json["threshold"]["logit"].is_null());
  EXPECT_TRUE(json["counts"]["called_by_composition"].is_null());
  EXPECT_EQ(json["windows_per_second"], 0);
  summary.inputs.clear();
  summary.threshold.reset();
  json = nlohmann::json::parse(summary_json(summary));
  EXPECT_TRUE(json["inputs"].is_array());
  EXPECT_TRUE(json["threshold"].is_null());
}

TEST(SummaryJson, IsWrittenWhole) {
  const Folder folder;
  OutputFile file(folder / "s.json", OutputFile::Packing::plain), full("/dev/full", OutputFile::Packing::plain);
  write_summary(example(), file);
  EXPECT_EQ(file_bytes(folder / "s.json"), summary_json(example()));
  EXPECT_EQ(folder.names(), std::set<std::string>{"s.json"});
  EXPECT_THROW(write_summary(example(), full), Error);
}

TEST(ClosingLines, TellWhatMattersMost) {
  RunSummary summary = example();
  EXPECT_EQ(closing_lines(summary),
            "iresweep 0.1.0: iresweep scan x.fa\n"
            "read: 6 records (2 empty, without a row), 3.000 Mb\n"
            "scored: 1000 windows on cpu, avx512, 2 threads; 10 with more than 8 missing bases, not called\n"
            "called: 5 windows at score > 0.98, 4 loci on 1 record; composition alone would call about 1 windows\n"
            "written: 4 rows\n"
            "time: 2.00 s, 500 windows/s, 1.50 Mb/s; peak memory: 123 MB\n");
  summary.threshold.reset();
  summary.report = Report::best;
  summary.counts = {};
  summary.counts.windows = 1;
  EXPECT_EQ(closing_lines(summary).find("called"), std::string::npos);
  EXPECT_NE(closing_lines(summary).find("scored: 1 window on"), std::string::npos);
}

}  // namespace
}  // namespace iresweep::test
