// Damage at every place of a model file: an error or the very same model, never a crash and never another model.
#include <gtest/gtest.h>

#include <string>

#include "host/model/model_file.h"
#include "iresweep/error.h"
#include "iresweep/model.h"
#include "tests/support/checkpoint_writer.h"
#include "tests/support/model_files.h"
#include "tests/support/seeded_network.h"
#include "tests/support/shared_data.h"
#include "tests/support/temporary_folder.h"

namespace iresweep {
namespace {

enum class Outcome { refused, unchanged, changed };

template <class Load>
Outcome outcome(const std::string& hash, Load load) {
  try {
    return weights_hash(load().network) == hash ? Outcome::unchanged : Outcome::changed;
  } catch (const Error&) {
    return Outcome::refused;
  }
}

// A checkpoint whose two files can be overwritten, one at a time.
class DamagedCheckpoint : public testing::Test {
 protected:
  const test::TemporaryFolder folder_;
  std::string index_, data_, hash_;

  void use(std::string index, std::string data) {
    index_ = std::move(index), data_ = std::move(data);
    restore();
    hash_ = weights_hash(load_model(folder_.path("m")).network);
  }
  void use_seeded() {
    const auto parts = test::checkpoint_parts(test::deepires_tensors(test::seeded_network(11)));
    use(test::encode_table(parts.items), parts.data);
  }
  void use_published(const std::filesystem::path& index) {
    use(test::file_bytes(index),
        test::file_bytes(std::filesystem::path(index).replace_extension("data-00000-of-00001")));
  }
  void restore() {
    folder_.write("m.index", index_);
    folder_.write("m.data-00000-of-00001", data_);
  }
  Outcome with_index(const std::string& index) {
    folder_.write("m.index", index);
    return outcome(hash_, [&] { return load_model(folder_.path("m")); });
  }
  Outcome with_data(const std::string& data) {
    folder_.write("m.data-00000-of-00001", data);
    return outcome(hash_, [&] { return load_model(folder_.path("m")); });
  }

  void flip_every_byte_of_the_index() {
    for (std::size_t i = 0; i < index_.size(); ++i)
      for (const char pattern : {char(1 << i % 8), char(0xff)}) {
        std::string damaged = index_;
        damaged[i] = char(damaged[i] ^ pattern);
        EXPECT_EQ(with_index(damaged), Outcome::refused) << "byte " << i;
      }
    restore();
  }
  void cut_both_files() {
    for (std::size_t size = 0; size < index_.size(); size += 97)
      EXPECT_EQ(with_index(index_.substr(0, size)), Outcome::refused) << size << " bytes of index";
    restore();
    for (std::size_t size = 0; size < data_.size(); size += 97)
      EXPECT_EQ(with_data(data_.substr(0, size)), Outcome::refused) << size << " bytes of data";
    EXPECT_EQ(with_data(data_.substr(0, data_.size() - 1)), Outcome::refused);
    restore();
  }
};

TEST_F(DamagedCheckpoint, EveryByteOfTheIndexCounts) {
  use_seeded();
  flip_every_byte_of_the_index();
}

TEST_F(DamagedCheckpoint, EveryCutIsSeen) {
  use_seeded();
  cut_both_files();
}

TEST_F(DamagedCheckpoint, EveryFlippedByteOfTheDataIsSeen) {
  use_seeded();
  for (std::size_t i = 0; i < data_.size(); i += 7) {
    std::string damaged = data_;
    damaged[i] = char(damaged[i] ^ (1 << i % 8));
    EXPECT_EQ(with_data(damaged), Outcome::refused) << "byte " << i;
  }
}

// Checksums that are right again after the damage: the checks behind them are on their own.
TEST_F(DamagedCheckpoint, EntriesWithRightChecksumsDoNotMislead) {
  use_seeded();
  const auto parts = test::checkpoint_parts(test::deepires_tensors(test::seeded_network(11)));
  test::Random random(12);
  for (int round = 0; round < 3000; ++round) {
    auto items = parts.items;
    auto& item = items[std::size_t(random.below(int(items.size())))];
    std::string& bytes = random.below(4) ? item.value : item.key;
    if (bytes.empty()) continue;
    char& byte = bytes[std::size_t(random.below(int(bytes.size())))];
    byte = char(random.bits());
    EXPECT_NE(with_index(test::encode_table(items)), Outcome::changed) << "round " << round;
  }
}

TEST_F(DamagedCheckpoint, ThePublishedIndexCountsWhole) {
  IRESWEEP_SHARED_FILE(index, "models/deepires/first.index");
  use_published(index);
  flip_every_byte_of_the_index();
  cut_both_files();
}

TEST_F(DamagedCheckpoint, ThePublishedWeightsNeverChangeUnseen) {
  IRESWEEP_SHARED_FILE(index, "models/deepires/first.index");
  use_published(index);
  int refused = 0;
  for (std::size_t i = 0; i < data_.size(); i += 101) {
    std::string damaged = data_;
    damaged[i] = char(damaged[i] ^ (1 << i % 8));
    const Outcome seen = with_data(damaged);
    EXPECT_NE(seen, Outcome::changed) << "byte " << i;
    refused += seen == Outcome::refused;
  }
  EXPECT_GT(refused, 200) << "the weights are a quarter of the data file";
}

class DamagedOwnFile : public testing::Test {
 protected:
  const Model model_ = test::seeded_model(13);
  const std::string file_ = format_model(model_), hash_ = weights_hash(model_.network);
  const std::size_t header_ = file_.size() - test::own_file_parts(model_).data.size();

  static Model parse(const std::string& bytes) {
    Model model = parse_model(bytes, "m");
    check_model(model, "m");
    return model;
  }
  bool is_same(const std::string& bytes) {
    const Model read = parse(bytes);
    return read.step == model_.step && read.null_table && read.null_table->logit == model_.null_table->logit &&
           read.null_table->share == model_.null_table->share && read.null_table->windows == model_.null_table->windows;
  }
};

TEST_F(DamagedOwnFile, NoFlippedByteChangesTheModel) {
  int refused = 0, flipped = 0;
  for (std::size_t i = 0; i < file_.size(); i += i < header_ ? 1 : 7) {
    std::string damaged = file_;
    damaged[i] = char(damaged[i] ^ (1 << i % 8));
    const Outcome seen = outcome(hash_, [&] { return parse(damaged); });
    EXPECT_NE(seen, Outcome::changed) << "byte " << i;
    EXPECT_TRUE(seen != Outcome::unchanged || is_same(damaged)) << "byte " << i;
    refused += seen == Outcome::refused;
    ++flipped;
  }
  // What may pass: the name "checksum" itself (then it is somebody's metadata), and blanks for blanks.
  EXPECT_GE(refused, flipped - 16);
}

TEST_F(DamagedOwnFile, EveryCutIsSeen) {
  for (std::size_t size = 0; size < file_.size(); size += size < header_ ? 13 : 97)
    EXPECT_EQ(outcome(hash_, [&] { return parse(file_.substr(0, size)); }), Outcome::refused) << size;
  EXPECT_EQ(outcome(hash_, [&] { return parse(file_.substr(0, file_.size() - 1)); }), Outcome::refused);
}

// Without a checksum the file's own form must hold: no crash, whatever the header says.
TEST_F(DamagedOwnFile, HeadersWithoutAChecksumDoNotCrash) {
  const test::OwnFileParts parts = test::own_file_parts(model_);
  const std::string text = parts.header.dump();
  test::Random random(14);
  for (int round = 0; round < 10'000; ++round) {
    std::string damaged = text;
    for (int changes = 1 + random.below(3); changes > 0; --changes)
      damaged[std::size_t(random.below(int(damaged.size())))] = "0123456789-.eE\"[]{},: aF"[random.below(24)];
    outcome(hash_, [&] { return parse(test::join(damaged, parts.data)); });
  }
}

}  // namespace
}  // namespace iresweep
