// Where the data lie that tests may read but the project does not contain.
#pragma once
#include <filesystem>
#include <optional>
#include <string>
#include <utility>

namespace iresweep::test {

/// ../shared/<name> beside the checkout (or below $IRESWEEP_SHARED), when it is there. A test without it says SKIPPED.
std::optional<std::filesystem::path> shared_file(const std::string& name);

/// A file of the project itself, by its path from the root.
std::filesystem::path project_file(const std::string& name);

}  // namespace iresweep::test

/// Declares `variable`, the file's path, or skips the test.
#define IRESWEEP_SHARED_FILE(variable, name)                        \
  auto variable##_found = ::iresweep::test::shared_file(name);      \
  if (!variable##_found) GTEST_SKIP() << "no ../shared/" << (name); \
  const std::filesystem::path variable = *std::move(variable##_found)
