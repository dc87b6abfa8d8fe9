// Methods by name.
#include "host/explain/methods.h"

#include <gtest/gtest.h>

namespace iresweep {
namespace {

std::vector<std::string> names_of(const Methods& methods) {
  std::vector<std::string> names;
  for (const PositionValue& value : position_values(methods)) names.emplace_back(value.name);
  return names;
}

TEST(Methods, AreThoseNamedInTheOrderOfTheColumns) {
  EXPECT_EQ(method_names(), (std::vector<std::string>{"gradcam", "gradient", "attention", "mutagenesis"}));
  EXPECT_EQ(names_of({}), method_names());
  for (const std::string& name : method_names()) EXPECT_EQ(names_of(methods_named({name})), std::vector{name});
  EXPECT_EQ(names_of(methods_named({"mutagenesis", "gradcam"})), (std::vector<std::string>{"gradcam", "mutagenesis"}));
  EXPECT_TRUE(names_of(methods_named({})).empty());
}

TEST(Methods, AskForWhatTheyNeed) {
  EXPECT_FALSE(methods_named({"mutagenesis"}).attribution());
  for (const char* name : {"gradcam", "gradient", "attention"}) {
    EXPECT_TRUE(methods_named({name}).attribution()) << name;
    EXPECT_FALSE(methods_named({name}).mutagenesis) << name;
  }
}

}  // namespace
}  // namespace iresweep
