// The arrays of `iresweep motifs --arrays`, read back byte by byte.
#include "host/explain/motif_arrays.h"

#include <memory>

#include "iresweep/model.h"
#include "kernels/reference/forward.h"
#include "tests/explain/npz_reader.h"
#include "tests/support/fasta_text.h"
#include "tests/support/seeded_network.h"

namespace iresweep {
namespace {

class MotifArraysTest : public testing::Test {
 protected:
  // Records of one window each; the windows come in another order, as one that is left out would have them.
  MotifArraysTest() {
    test::Random random(4);
    for (const char* name : {"a", "longest name", "b"})
      set_.records.push_back({name, test::random_codes(random, kWindow, 0.02), set_.records.size() == 1});
    for (const std::size_t i : {std::size_t{2}, std::size_t{0}, std::size_t{1}}) {
      auto record = std::make_shared<Record>();
      record->name = set_.records[i].name;
      record->index = i;
      ChosenWindow window{record, {0, kWindow, 0}, {}, double(i) - 0.75};
      std::copy(set_.records[i].codes.begin(), set_.records[i].codes.end(), window.codes.begin());
      windows_.push_back(std::move(window));
    }
  }

  std::string write(const std::string& name, std::size_t count, int threads) {
    MotifArrays arrays(folder_.path(name));
    arrays.write(network_, {windows_.begin(), windows_.begin() + std::ptrdiff_t(count)}, set_, threads, {});
    arrays.close();
    arrays.file().commit();
    return folder_.path(name);
  }

  const Network network_ = test::seeded_network(3);
  const test::TemporaryFolder folder_;
  LabelledSet set_;
  std::vector<ChosenWindow> windows_;
};

TEST_F(MotifArraysTest, HoldEveryWindowInOrder) {
  const auto arrays = test::read_npz(write("x.npz", 3, 1));
  ASSERT_EQ(arrays.size(), 5u);
  const auto header = [&](const char* name) { return arrays.at(name).header; };
  EXPECT_EQ(header("name.npy"), "{'descr': '|S12', 'fortran_order': False, 'shape': (3,), }");
  EXPECT_EQ(header("label.npy"), "{'descr': '|i1', 'fortran_order': False, 'shape': (3,), }");
  EXPECT_EQ(header("score.npy"), "{'descr': '<f4', 'fortran_order': False, 'shape': (3,), }");
  EXPECT_EQ(header("sequence.npy"), "{'descr': '|S174', 'fortran_order': False, 'shape': (3,), }");
  EXPECT_EQ(header("attention.npy"), "{'descr': '<f4', 'fortran_order': False, 'shape': (3, 16), }");
  EXPECT_EQ(arrays.at("name.npy").texts(12), (std::vector<std::string>{"b", "a", "longest name"}));
  EXPECT_EQ(arrays.at("label.npy").items<std::int8_t>(), (std::vector<std::int8_t>{0, 0, 1}));
  const auto scores = arrays.at("score.npy").items<float>();
  const auto sequences = arrays.at("sequence.npy").texts(kWindow);
  const auto attention = arrays.at("attention.npy").items<float>();
  ASSERT_EQ(scores.size(), 3u);
  ASSERT_EQ(attention.size(), 48u);
  for (std::size_t i = 0; i < 3; ++i) {
    const WindowCodes& codes = windows_[i].codes;
    EXPECT_EQ(scores[i], score_of(windows_[i].logit));
    EXPECT_EQ(test::encode(sequences[i]), std::vector<BaseCode>(codes.begin(), codes.end()));
    EXPECT_EQ(sequences[i].find_first_not_of("ACGTN"), std::string::npos);
    const auto context = reference::forward(network_, codes).context;
    for (std::size_t c = 0; c < 16; ++c) EXPECT_EQ(attention[i * 16 + c], float(context[c])) << i << ", " << c;
  }
}

TEST_F(MotifArraysTest, DoNotDependOnThreads) {
  EXPECT_EQ(test::file_bytes(write("one.npz", 3, 1)), test::file_bytes(write("five.npz", 3, 5)));
}

TEST_F(MotifArraysTest, OfNoWindowAreArraysWithoutRows) {
  const auto arrays = test::read_npz(write("none.npz", 0, 2));
  ASSERT_EQ(arrays.size(), 5u);
  EXPECT_EQ(arrays.at("attention.npy").header, "{'descr': '<f4', 'fortran_order': False, 'shape': (0, 16), }");
  EXPECT_EQ(arrays.at("name.npy").header, "{'descr': '|S1', 'fortran_order': False, 'shape': (0,), }");
  for (const auto& [name, array] : arrays) EXPECT_TRUE(array.bytes.empty()) << name;
}

}  // namespace
}  // namespace iresweep
