#include <gmock/gmock.h>

#include "harness/base/error.hpp"
#include "harness/scenario/parse.hpp"
#include "tests/harness/complaint.hpp"
#include "tests/harness/scenario/example.hpp"

namespace unitcost {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Pair;
using testing_support::complaint_of;

std::string complaint_about(std::string_view toml) {
  return complaint_of([toml] { parse_profile(toml, "quick", "quick.toml"); });
}

TEST(ParseProfile, ReadsEveryKey) {
  const Profile profile = parse_profile(R"(
rounds = 8
slow_rounds = 6
samples_per_block = 3
sample_scale = 2
budget_s = 85.5
dense = true
near_cliffs = false
preview = true
leave_out = ["memory/x:walk"]
[family_budgets_s]
memory = 20.5
[axis_limits]
"memory/x:bytes" = ["4KiB", 64, "short"]
)",
                                        "quick", "quick.toml");
  EXPECT_EQ(profile.name, "quick");
  EXPECT_EQ(profile.rounds, 8);
  EXPECT_EQ(profile.slow_rounds, 6);
  EXPECT_EQ(profile.samples_per_block, 3);
  EXPECT_EQ(profile.sample_scale, 2.0);
  EXPECT_EQ(profile.budget_s, 85.5);
  EXPECT_THAT(profile.family_budgets_s, ElementsAre(Pair("memory", 20.5)));
  EXPECT_TRUE(profile.dense && profile.preview);
  EXPECT_FALSE(profile.near_cliffs);
  EXPECT_THAT(profile.leave_out, ElementsAre("memory/x:walk"));
  EXPECT_THAT(profile.axis_limits.at("memory/x:bytes"), ElementsAre("4KiB", "64", "short"));
}

TEST(ParseProfile, ASmallOneHasAsManySlowRoundsAsRounds) {
  EXPECT_EQ(parse_profile("rounds = 2", "tiny", "tiny.toml").slow_rounds, 2);
}

TEST(ParseProfile, NamesEveryFaultWithItsLine) {
  EXPECT_EQ(
      complaint_about(R"(rounds = 0
slow_rounds = 20
sample_scale = 0.5
budget_s = -1
densse = true
leave_out = "memory"
[axis_limits]
"memory" = ["4KiB"]
"memory/x:bytes" = [-1, "4kb"]
"memory/x:how" = []
)"),
      "quick.toml:1: rounds in the file: 0 is not between 1 and 1000\n"
      "quick.toml:2: slow_rounds in the file: 20 are more than all 10 rounds\n"
      "quick.toml:3: sample_scale in the file: 0.5 is not between 1 and 100; samples below their least length are no "
      "evidence\n"
      "quick.toml:4: budget_s in the file: -1 is not above 0 and at most 1000000\n"
      "quick.toml:5: unknown key 'densse' in the file; did you mean 'dense'?\n"
      "quick.toml:6: leave_out in the file: expected a list, found a text\n"
      "quick.toml:8: 'memory' in [axis_limits] is not an axis; write it as \"family/name:axis\"\n"
      "quick.toml:9: memory/x:bytes in [axis_limits]: a value is neither a number, a size as \"4KiB\", a multiple of "
      "the CPUs as \"2x\" nor a word\n"
      "quick.toml:9: memory/x:bytes in [axis_limits]: a value is neither a number, a size as \"4KiB\", a multiple of "
      "the CPUs as \"2x\" nor a word\n"
      "quick.toml:10: memory/x:how in [axis_limits]: the list is empty");
  EXPECT_EQ(complaint_about("rounds = 6\n[family_budgets_s]\nmemory = 0\nsync = \"long\""),
            "quick.toml:3: memory in [family_budgets_s]: 0 is not above 0 and at most 1000000\n"
            "quick.toml:4: sync in [family_budgets_s]: expected a number, found a text");
  EXPECT_EQ(complaint_about(""), "quick.toml:1: missing key 'rounds' in the file");
  EXPECT_THAT(complaint_about("rounds = "), HasSubstr("quick.toml:1:"));
}

TEST(CheckProfile, WhatItNamesMustExist) {
  const std::vector<Scenario> all{parse_scenario(testing_support::kExample, "memory/example", "example.toml")};
  Profile profile;
  profile.name = "quick";
  profile.axis_limits = {{"memory/example:bytes", {"4KiB", "64KiB"}},
                         {"memory/example:section", {"short"}},
                         {"memory/example:threads", {"64"}}};
  profile.leave_out = {"memory/example:walk/order:random/page:base/bytes:65536", "python/batching"};
  EXPECT_EQ(complaint_of([&] { check_profile(profile, all); }), "accepted");

  profile.axis_limits = {
      {"memory/exmple:bytes", {"4KiB"}}, {"memory/example:byte", {"4KiB"}}, {"memory/example:chunk", {"2B"}}};
  profile.leave_out = {"memory/example:run"};
  profile.family_budgets_s = {{"memory", 20.0}, {"memry", 20.0}};
  EXPECT_EQ(complaint_of([&] { check_profile(profile, all); }),
            "profile 'quick': axis_limits: scenario 'memory/example' has no axis 'byte'; did you mean 'bytes'?\n"
            "profile 'quick': axis_limits: 'memory/example:chunk' has no value '2B'\n"
            "profile 'quick': axis_limits: no scenario 'memory/exmple'; did you mean 'memory/example'?\n"
            "profile 'quick': family_budgets_s: no family 'memry'; did you mean 'memory'?\n"
            "profile 'quick': leave_out: no case begins with 'memory/example:run'");
}

}  // namespace
}  // namespace unitcost
