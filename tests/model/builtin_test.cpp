// The model in the program is the file in the repository, whole and ready to call by.
#include <gtest/gtest.h>

#include <string>

#include "host/model/builtin_model.h"
#include "host/model/file_bytes.h"
#include "iresweep/model.h"
#include "tests/support/shared_data.h"

namespace iresweep {
namespace {

TEST(BuiltinModel, IsTheFileInTheRepository) {
  const Model built_in = builtin_model();
  const Model file = load_model(test::project_file("host/model/builtin/builtin.safetensors"));
  EXPECT_EQ(weights_hash(built_in.network), weights_hash(file.network));
  EXPECT_EQ(built_in.provenance, file.provenance);
  ASSERT_TRUE(built_in.null_table && file.null_table);
  EXPECT_EQ(built_in.null_table->logit, file.null_table->logit);
  EXPECT_EQ(built_in.null_table->share, file.null_table->share);
  EXPECT_EQ(built_in.null_table->windows, file.null_table->windows);
}

TEST(BuiltinModel, HasTheWindowsOfTheEngineAndATableOfTenMillion) {
  const Model model = builtin_model();
  EXPECT_EQ(model.window, kWindow);
  EXPECT_EQ(model.step, kPublishedStep);
  ASSERT_TRUE(model.null_table);
  EXPECT_GE(model.null_table->windows, 10'000'000u);
  EXPECT_LE(model.null_table->share_at(model.null_table->logit_at(kDefaultNullRate)), kDefaultNullRate);
}

TEST(BuiltinModel, SaysWhereItComesFromButNotThatItIsThePublishedOne) {
  const Model model = builtin_model();
  EXPECT_EQ(model.name, kBuiltinName);
  for (const char* key : {"data", "recipe", "validation", "licence", "labels", "soft_labels", "windows", "null_table",
                          "null_table_by_u", "citation_network", "citation_assay"})
    EXPECT_TRUE(model.provenance.contains(key)) << key;
}

TEST(BuiltinModel, CarriesItsCard) { EXPECT_EQ(builtin_card(), read_file(test::project_file("docs/model-card.md"))); }

}  // namespace
}  // namespace iresweep
