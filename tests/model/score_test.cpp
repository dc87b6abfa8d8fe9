// Scores, null tables, and the small functions under the model readers.
#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <string>

#include "host/model/byte_reader.h"
#include "host/model/crc32c.h"
#include "host/model/xxh3_hex.h"
#include "iresweep/error.h"
#include "iresweep/model.h"
#include "tests/support/seeded_network.h"

namespace iresweep {
namespace {

TEST(Score, IsTheSigmoidRoundedOnce) {
  EXPECT_EQ(score_of(0), 0.5f);
  EXPECT_EQ(score_of(2), float(1 / (1 + std::exp(-2.0))));
  EXPECT_EQ(score_of(-1000), 0.0f);
  EXPECT_EQ(score_of(1000), 1.0f);
  EXPECT_TRUE(std::isnan(score_of(std::numeric_limits<double>::quiet_NaN())));
}

const NullTable kTable{{-1, 0, 2, 3}, {0.9, 0.5, 0.01, 0}, 1000};

TEST(NullTable, ShareIsTheLargerOneBetweenEntries) {
  EXPECT_EQ(kTable.share_at(-1.5), 1);
  EXPECT_EQ(kTable.share_at(-1), 0.9);
  EXPECT_EQ(kTable.share_at(1.9), 0.5);
  EXPECT_EQ(kTable.share_at(2), 0.01);
}

TEST(NullTable, ShareIsNeverBelowOneWindow) {
  EXPECT_EQ(kTable.share_at(3), 0.001);
  EXPECT_EQ(kTable.share_at(50), 0.001);
}

TEST(NullTable, LogitIsTheSmallestThatFewEnoughReach) {
  EXPECT_EQ(kTable.logit_at(0.9), -1);
  EXPECT_EQ(kTable.logit_at(0.6), 0);
  EXPECT_EQ(kTable.logit_at(0.01), 2);
  EXPECT_EQ(kTable.logit_at(0.005), 3);
}

TEST(NullTable, RefusesARateThatItCannotTell) {
  EXPECT_THROW(kTable.logit_at(0.0009), Error);
  EXPECT_THROW(kTable.logit_at(0), Error);
  EXPECT_THROW(kTable.logit_at(std::numeric_limits<double>::quiet_NaN()), Error);
  EXPECT_THROW((NullTable{{0}, {0.5}, 1000}.logit_at(0.4)), Error);
}

TEST(WeightsHash, ChangesWithEveryTensor) {
  Network network = test::seeded_network(1);
  const std::string before = weights_hash(network);
  EXPECT_EQ(weights_hash(test::seeded_network(1)), before);
  for (auto& tensor : tensors(network)) {
    float& value = tensor.values.back();
    const float kept = value;
    value = std::nextafter(kept, 9.0f);
    EXPECT_NE(weights_hash(network), before) << tensor.name;
    value = kept;
  }
  EXPECT_EQ(weights_hash(network), before);
}

// The digits are those that `printf abc | xxh128sum` prints, and the check value of the CRC-32C specification.
TEST(Checksums, AgreeWithTheirSpecifications) {
  EXPECT_EQ(xxh3_hex("abc"), "06b05ab6733a618578af5f94892f3950");
  EXPECT_EQ(crc32c("123456789"), 0xe3069283u);
  EXPECT_EQ(crc32c("56789", crc32c("1234")), 0xe3069283u);
}

TEST(ByteReader, ReadsNumbersToTheirLimits) {
  EXPECT_EQ(ByteReader(std::string("\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01", 10), "").varint(), ~std::uint64_t(0));
  EXPECT_EQ(ByteReader("\x96\x01", "").varint(), 150u);
  EXPECT_EQ(ByteReader("\x04\x03\x02\x01", "").fixed32(), 0x01020304u);
  EXPECT_THROW(ByteReader("\x96", "").varint(), Error);
  EXPECT_THROW(ByteReader("\xff\xff\xff\xff\xff\xff\xff\xff\xff\x02", "").varint(), Error);
  EXPECT_THROW(ByteReader("\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01", "").varint(), Error);
  EXPECT_THROW(ByteReader("abc", "").fixed32(), Error);
  EXPECT_THROW(ByteReader("abc", "").take(~std::uint64_t(0)), Error);
}

}  // namespace
}  // namespace iresweep
