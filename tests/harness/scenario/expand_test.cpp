#include "harness/scenario/expand.hpp"

#include <gmock/gmock.h>

#include "harness/base/error.hpp"
#include "harness/scenario/parse.hpp"
#include "tests/harness/scenario/example.hpp"

namespace unitcost {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

Scenario example() { return parse_scenario(testing_support::kExample, "memory/example", "example.toml"); }

ExpandOptions on_cpus(int cpus) {
  ExpandOptions options;
  options.cpus = cpus;
  return options;
}

std::vector<std::string> names_of(const Scenario& scenario, const std::string& label, const ExpandOptions& options) {
  std::vector<std::string> names;
  for (const Expansion& one : expand(scenario, options)) {
    if (one.label == label) names.push_back(one.name);
  }
  return names;
}

TEST(SizeGrid, PowersOfTwoAndQuartersOfAnOctave) {
  EXPECT_THAT(size_grid(4096, 16384, 1), ElementsAre(4096, 8192, 16384));
  EXPECT_THAT(size_grid(4096, 16384, 2), ElementsAre(4096, 6144, 8192, 12288, 16384));
  EXPECT_THAT(size_grid(4096, 8192, 4), ElementsAre(4096, 5120, 6144, 7168, 8192));
}

TEST(SizeGrid, HasWholeBytesOnly) {
  EXPECT_THAT(size_grid(1, 8, 4), ElementsAre(1, 2, 3, 4, 5, 6, 7, 8));
  EXPECT_THAT(size_grid(1, 4, 2), ElementsAre(1, 2, 3, 4));
}

TEST(SizeGrid, NeedNotBeginAtAPowerOfTwo) {
  EXPECT_THAT(size_grid(5000, 9000, 4), ElementsAre(5120, 6144, 7168, 8192));
  EXPECT_THAT(size_grid(9000, 5000, 4), IsEmpty());
  EXPECT_EQ(size_grid(1, UINT64_MAX, 1).back(), std::uint64_t{1} << 62U);
}

TEST(Expand, SweepsSizesByOctaveInPlainBytes) {
  EXPECT_THAT(names_of(example(), "random", on_cpus(2)),
              ElementsAre("walk/order:random/page:base/bytes:4096", "walk/order:random/page:base/bytes:8192",
                          "walk/order:random/page:base/bytes:16384", "walk/order:random/page:base/bytes:32768",
                          "walk/order:random/page:base/bytes:65536"));
}

TEST(Expand, ThreadsAreEveryPowerOfTwoAndTheCpusThemselves) {
  const Scenario scenario = example();
  EXPECT_THAT(axis_values(scenario, "threads", on_cpus(1)), ElementsAre("1", "2"));
  EXPECT_THAT(axis_values(scenario, "threads", on_cpus(2)), ElementsAre("1", "2", "4"));
  EXPECT_THAT(axis_values(scenario, "threads", on_cpus(6)), ElementsAre("1", "2", "4", "6", "8", "12"));
  EXPECT_THAT(axis_values(scenario, "threads", on_cpus(12)), ElementsAre("1", "2", "4", "8", "12", "16", "24"));
}

TEST(Expand, SeveralAxesGiveEveryCombinationTheLastVaryingFastest) {
  EXPECT_THAT(
      names_of(example(), "held", on_cpus(1)),
      ElementsAre("mutex/threads:1/section:empty", "mutex/threads:1/section:short", "mutex/threads:1/section:long",
                  "mutex/threads:2/section:empty", "mutex/threads:2/section:short", "mutex/threads:2/section:long"));
}

TEST(Expand, LabelsComeInTheOrderOfTheFileWithTheirSettings) {
  const std::vector<Expansion> all = expand(example(), on_cpus(1));
  ASSERT_EQ(all.size(), 5U * 3U + 1U + 1U + 6U + 3U + 1U);
  EXPECT_EQ(all.front().label, "random");
  EXPECT_EQ(all.back().name, "register_chain");
  EXPECT_EQ(all[15].label, "calls");
  EXPECT_EQ(key_of(all[15]), "memory/example:open_each/bytes:10000#syscalls");
  EXPECT_EQ(all[15].run.timeout_s, 120);
  EXPECT_EQ(key_of(all[16]), "python/batching:open_each/bytes:10000");
  EXPECT_THAT(all[17].axes, ElementsAre(std::pair("section", "empty"), std::pair("threads", "1")));
}

TEST(Expand, EstimatesMemoryFromTheAxis) {
  const std::vector<Expansion> all = expand(example(), on_cpus(1));
  EXPECT_EQ(all[0].memory_bytes, 4096U * 3U / 2U + (1U << 20U));
  EXPECT_EQ(all[15].memory_bytes, 1U << 20U);  // no such axis
  EXPECT_EQ(all[17].memory_bytes, 2U << 20U);  // an estimate of its own
}

TEST(Expand, DenseHasFourPointsAnOctaveInRangesOnly) {
  ExpandOptions options = on_cpus(1);
  options.dense = true;
  EXPECT_EQ(axis_values(example(), "bytes", options).size(), 17U);
  EXPECT_EQ(axis_values(example(), "chunk", options).size(), 3U);
  Profile profile;
  profile.dense = true;
  options = on_cpus(1);
  options.profile = &profile;
  EXPECT_EQ(axis_values(example(), "bytes", options).size(), 17U);
}

TEST(Expand, CliffsGetFourPointsWithinAnOctaveEitherSide) {
  ExpandOptions options = on_cpus(1);
  options.cliffs["memory/example:bytes"] = {16384};
  EXPECT_THAT(axis_values(example(), "bytes", options), ElementsAre("4096", "8192", "10240", "12288", "14336", "16384",
                                                                    "20480", "24576", "28672", "32768", "65536"));
  options.cliffs = {{"memory/example:bytes", {12288}}};
  EXPECT_THAT(axis_values(example(), "bytes", options),
              ElementsAre("4096", "6144", "7168", "8192", "10240", "12288", "14336", "16384", "20480", "24576", "32768",
                          "65536"))
      << "an octave is counted from the cliff, not from the power of two below it";
}

TEST(Expand, CliffsDoNotLeaveTheSweep) {
  ExpandOptions options = on_cpus(1);
  options.cliffs["memory/example:bytes"] = {4096, 1U << 30U};
  EXPECT_THAT(axis_values(example(), "bytes", options),
              ElementsAre("4096", "5120", "6144", "7168", "8192", "16384", "32768", "65536"));
}

TEST(Expand, CliffsOfAnotherAxisOrUnwantedOnesAddNothing) {
  ExpandOptions options = on_cpus(1);
  options.cliffs["memory/other:bytes"] = {16384};
  EXPECT_EQ(axis_values(example(), "bytes", options).size(), 5U);
  Profile profile;
  profile.near_cliffs = false;
  options.profile = &profile;
  options.cliffs = {{"memory/example:bytes", {16384}}};
  EXPECT_EQ(axis_values(example(), "bytes", options).size(), 5U);
}

TEST(Expand, SizesBetweenThoseOfTheGridAreForProfilesThatLookCloser) {
  Scenario scenario = example();
  scenario.axes.at("bytes").also = {12288, 16384};
  ExpandOptions options = on_cpus(2);
  EXPECT_THAT(axis_values(scenario, "bytes", options), ElementsAre("4096", "8192", "12288", "16384", "32768", "65536"));
  Profile profile;
  options.profile = &profile;
  EXPECT_EQ(axis_values(scenario, "bytes", options).size(), 6U);
  profile.near_cliffs = false;
  EXPECT_EQ(axis_values(scenario, "bytes", options).size(), 5U);
  profile.near_cliffs = true;
  profile.axis_limits = {{"memory/example:bytes", {"64KiB"}}};
  EXPECT_THAT(axis_values(scenario, "bytes", options), ElementsAre("65536"));
}

TEST(Expand, AProfileKeepsTheValuesThatItNames) {
  Profile profile;
  profile.axis_limits = {{"memory/example:bytes", {"64KiB", "4096"}},
                         {"memory/example:section", {"long"}},
                         {"memory/example:threads", {"1", "16"}}};
  ExpandOptions options = on_cpus(2);
  options.profile = &profile;
  EXPECT_THAT(axis_values(example(), "bytes", options), ElementsAre("4096", "65536"));
  EXPECT_THAT(axis_values(example(), "section", options), ElementsAre("long"));
  EXPECT_THAT(axis_values(example(), "threads", options), ElementsAre("1"))
      << "16 threads are absent on this machine, and that is no mistake";
  profile.axis_limits["memory/example:threads"] = {"1", "2x"};
  EXPECT_THAT(axis_values(example(), "threads", options), ElementsAre("1", "4"));
  options.cpus = 6;
  EXPECT_THAT(axis_values(example(), "threads", options), ElementsAre("1", "12"));
  options.cpus = 2;
  EXPECT_THAT(axis_values(example(), "chunk", options), ElementsAre("1", "64", "4096"));
}

TEST(Expand, AProfileThatNamesAnUnknownValueIsRefused) {
  Profile profile;
  profile.axis_limits = {{"memory/example:bytes", {"5000"}}};
  ExpandOptions options = on_cpus(1);
  options.profile = &profile;
  EXPECT_THROW(expand(example(), options), BadInput);
  profile.axis_limits = {{"memory/example:section", {"lang"}}};
  try {
    expand(example(), options);
    FAIL() << "accepted";
  } catch (const BadInput& error) {
    EXPECT_STREQ(error.what(),
                 "profile: axis_limits 'memory/example:section': the axis has no value 'lang'; did you mean 'long'?");
  }
}

TEST(Expand, AProfileLeavesCasesOutByPrefix) {
  Profile profile;
  profile.leave_out = {"memory/example:walk/order:random", "python/", "memory/example:open_each/bytes:10000#"};
  ExpandOptions options = on_cpus(1);
  options.profile = &profile;
  const Scenario scenario = example();
  EXPECT_THAT(names_of(scenario, "random", options), IsEmpty());
  EXPECT_THAT(names_of(scenario, "random_huge", options), IsEmpty());
  EXPECT_THAT(names_of(scenario, "twin", options), IsEmpty());
  EXPECT_THAT(names_of(scenario, "calls", options), IsEmpty());
  EXPECT_EQ(names_of(scenario, "sequential", options).size(), 5U);
}

TEST(Expand, AnAbsurdProductIsRefused) {
  std::string values;
  for (int i = 0; i < 1000; ++i) values += std::to_string(i) + ",";
  const std::string text =
      "schema = 1\nquestion = \"q\"\nwhy = \"w\"\nreading = \"r\"\n[cases]\na = \"a/{x}/{y}\"\n[axis.x]\nvalues = [" +
      values + "]\n[axis.y]\nvalues = [" + values + "]\n";
  EXPECT_THROW(expand(parse_scenario(text, "memory/x", "x"), on_cpus(1)), BadInput);
}

}  // namespace
}  // namespace unitcost
