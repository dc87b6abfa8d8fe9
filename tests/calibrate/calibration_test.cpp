// Calibration as a whole, with an engine that counts U.
#include "host/calibrate/calibration.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <string>

#include "host/calibrate/calibration_report.h"
#include "iresweep/error.h"
#include "tests/support/function_engine.h"
#include "tests/support/seeded_network.h"
#include "tests/support/text_source.h"

namespace iresweep {
namespace {

using test::FunctionEngine;
using test::TextSource;

/// U less A: its sign turns round with the strand.
double u_less_a(std::span<const BaseCode, kWindow> codes) {
  return double(std::ranges::count(codes, BaseCode(3)) - std::ranges::count(codes, BaseCode(0))) / 8;
}

std::vector<std::string> transcripts() {
  test::Random random(2);
  std::vector<std::string> texts;
  for (int record = 0; record < 12; ++record) {
    std::string text;
    for (int i = 0; i < 200 + 90 * record; ++i) text += random.below(9) == 0 ? 'T' : "ACGT"[random.below(4)];
    if (record % 3 == 1) text[text.size() / 2] = 'N';
    texts.push_back(text);
  }
  return texts;
}

Calibration run(int threads, std::size_t batch_windows, std::uint64_t seed = 1) {
  FunctionEngine engine(u_less_a, threads, batch_windows);
  CalibrationOptions options;
  options.windows = 20'000;
  options.seed = seed;
  options.null_rate = 0.01;
  return *calibrate(
      engine, [] { return std::make_unique<TextSource>(transcripts(), 111); }, options);
}

TEST(Calibration, CountsWindowsWithoutMissingBasesOnly) {
  const Calibration result = run(2, 64);
  std::uint64_t windows = 0;
  for (const std::string& text : transcripts())
    for (std::size_t from = 0; from < text.size();) {
      const std::size_t end = std::min(text.find('N', from), text.size()), length = end - from;
      if (length >= 174) windows += 1 + (length - 174) / 50 + ((length - 174) % 50 != 0);
      from = end + 1;
    }
  EXPECT_EQ(result.real.windows(), windows);
  EXPECT_EQ(result.antisense.windows(), windows);
  EXPECT_EQ(result.stretches.missing_bases, 4u);
  EXPECT_GE(result.shuffled.windows(), 20'000u);
  EXPECT_LT(result.shuffled.windows(), 20'000u + windows);
  EXPECT_EQ(result.shuffled.windows(), windows * result.repeats);
}

TEST(Calibration, AntisenseIsTheReverseComplement) {
  const Calibration result = run(1, 64);
  // U less A of one strand is A less U of the other.
  EXPECT_NEAR(result.real.share_reaching(0.125), 1 - result.antisense.share_reaching(-0.0625), 1e-12);
}

TEST(Calibration, DoesNotDependOnThreadsOrBatches) {
  const std::string first = calibration_json(run(1, 64), "m", "h");
  EXPECT_EQ(calibration_json(run(2, 64), "m", "h"), first);
  EXPECT_EQ(calibration_json(run(7, 5), "m", "h"), first);
  EXPECT_NE(calibration_json(run(1, 64, 2), "m", "h"), first);
}

TEST(Calibration, TheThresholdIsTheNullRates) {
  const Calibration result = run(2, 64);
  EXPECT_LE(result.shuffled.share_reaching(result.threshold_logit), 0.01);
  EXPECT_EQ(result.threshold_logit, result.null_table.logit_at(0.01));
}

TEST(Calibration, ReportsInWordsAndJson) {
  const Calibration result = run(2, 64);
  const auto json = nlohmann::json::parse(calibration_json(result, "m", "h"));
  EXPECT_EQ(json["windows"]["real"], result.real.windows());
  EXPECT_EQ(json["rates_at_half"]["shuffled"], result.shuffled.share_reaching(0));
  EXPECT_GT(json["correlation_with_u"]["shuffled"], 0.3);
  std::uint64_t windows = 0;
  for (const auto& group : json["by_u_content"]) windows += group["shuffled_windows"].get<std::uint64_t>();
  EXPECT_EQ(windows, result.shuffled.windows());
  EXPECT_NE(calibration_text(result).find("dinucleotide shuffles"), std::string::npos);
  const auto provenance = calibration_provenance(result);
  EXPECT_NE(provenance.at("null_table").find("seed 1"), std::string::npos);
  EXPECT_NE(provenance.at("null_table_by_u").find("by U content"), std::string::npos);
}

TEST(Calibration, SaysWhenThereIsNothingToScore) {
  FunctionEngine engine(u_less_a);
  const auto open = [] { return std::make_unique<TextSource>(std::vector<std::string>{"ACGT", "NNN", ""}, 10); };
  EXPECT_THROW(calibrate(engine, open, {}), Error);
}

TEST(Calibration, SaysWhenTheTranscriptsChange) {
  FunctionEngine engine(u_less_a);
  auto texts = transcripts();
  const auto open = [&] {
    texts.front() += "A";
    return std::make_unique<TextSource>(texts, 10);
  };
  CalibrationOptions options;
  options.windows = 5000;
  EXPECT_THROW(calibrate(engine, open, options), Error);
}

TEST(Calibration, StopsWhenAsked) {
  std::stop_source stop;
  FunctionEngine engine(u_less_a);
  CalibrationOptions options;
  options.progress = [&](std::uint64_t, std::uint64_t all) { all > 0 && stop.request_stop(); };
  const auto open = [] { return std::make_unique<TextSource>(transcripts(), 111); };
  EXPECT_FALSE(calibrate(engine, open, options, stop.get_token()).has_value());
}

}  // namespace
}  // namespace iresweep
