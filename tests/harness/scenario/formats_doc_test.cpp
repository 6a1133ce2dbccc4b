// The sample in docs/formats.md is a valid scenario, so that it can be copied.
#include <filesystem>
#include <fstream>
#include <iterator>

#include <gtest/gtest.h>

#include "harness/scenario/parse.hpp"

namespace unitcost {
namespace {

TEST(FormatsDocument, ItsSampleIsAScenario) {
  std::ifstream stream(std::filesystem::path(UNITCOST_TEST_DATA) / ".." / ".." / "docs" / "formats.md");
  const std::string document{std::istreambuf_iterator<char>(stream), {}};
  const std::string open = "```toml\n";
  const std::size_t begin = document.find(open);
  ASSERT_NE(begin, std::string::npos);
  const std::size_t end = document.find("```", begin + open.size());
  const Scenario scenario = parse_scenario(document.substr(begin + open.size(), end - begin - open.size()),
                                           "memory/sample", "docs/formats.md");
  EXPECT_EQ(scenario.claims.size(), 1U);
  EXPECT_EQ(scenario.figures.size(), 1U);
}

}  // namespace
}  // namespace unitcost
