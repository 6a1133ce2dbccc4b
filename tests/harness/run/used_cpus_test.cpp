// A run that is taken up again stays on its CPUs.
#include "harness/run/used_cpus.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "harness/base/error.hpp"
#include "harness/store/block.hpp"

namespace unitcost {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

Topology four_cpus() { return {{{0, 0, 0}, {1, 1, 0}, {2, 2, 0}, {3, 3, 0}}, 1}; }

const Facts kFourCpus{{"cpus", {Fact::Kind::kIdentity, 4, ""}}};

TEST(UsedCpus, AreThoseOfTheStoredBlocks) {
  std::vector<PlannedCase> cases(2);
  cases[0].key = "p:one";
  cases[0].cpus = "one";
  cases[1].key = "p:all";
  cases[1].cpus = "all";
  std::vector<Block> blocks(3);
  blocks[0].case_key = "p:one";
  blocks[0].covariates.cpus_asked = {3};
  blocks[1].case_key = "p:all";  // could not be measured: it never had CPUs
  blocks[2].case_key = "p:gone";
  blocks[2].covariates.cpus_asked = {1};
  const UsedCpus used = used_cpus(cases, blocks);
  EXPECT_EQ(used.size(), 1U);
  EXPECT_THAT(used.at("one"), ElementsAre(3));
}

TEST(UsedCpus, AreKeptWhateverWouldBeChosenNow) {
  const CpuSets sets =
      same_cpus({{"one", {{2}, ""}}, {"all", {{2, 0, 1, 3}, ""}}}, {{"one", {3}}}, kFourCpus, four_cpus());
  EXPECT_THAT(sets.at("one").cpus, ElementsAre(3));
  EXPECT_THAT(sets.at("all").cpus, ElementsAre(2, 0, 1, 3));
}

TEST(UsedCpus, ThatAreGoneOrMoreThanBeforeAreRefused) {
  Topology fewer = four_cpus();
  fewer.cpus.pop_back();
  const Facts three{{"cpus", {Fact::Kind::kIdentity, 3, ""}}};
  EXPECT_THAT([&] { same_cpus({{"one", {{2}, ""}}}, {}, kFourCpus, fewer); },
              testing::ThrowsMessage<BadInput>(HasSubstr("begun with 4 usable CPUs, and 3 are usable now")));
  EXPECT_THAT([&] { same_cpus({{"one", {{2}, ""}}}, {{"one", {3}}}, three, fewer); },
              testing::ThrowsMessage<BadInput>(HasSubstr("begun on the CPUs 3")));
}

}  // namespace
}  // namespace unitcost
