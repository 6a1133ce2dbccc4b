#include "harness/base/nearest.hpp"

#include <gmock/gmock.h>

namespace unitcost {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

TEST(Nearest, FindsTheWordWithOneSlipOfTheFinger) {
  const std::vector<std::string> known{"cpus", "timeout_s", "sample_ms", "slow", "memory"};
  EXPECT_EQ(nearest("cpu", known), "cpus");    // left out
  EXPECT_EQ(nearest("cpuss", known), "cpus");  // doubled
  EXPECT_EQ(nearest("cups", known), "cpus");   // swapped
  EXPECT_EQ(nearest("cpvs", known), "cpus");   // replaced
  EXPECT_EQ(nearest("Timeout_S", known), "timeout_s");
  EXPECT_EQ(nearest("timeout", known), "timeout_s");
}

TEST(Nearest, GivesNothingWhenNothingIsNear) {
  EXPECT_EQ(nearest("colour", {"cpus", "slow"}), "");
  EXPECT_EQ(nearest("b", {"a", "c"}), "");
  EXPECT_EQ(nearest("", {"a"}), "");
  EXPECT_EQ(nearest("a", {}), "");
  EXPECT_EQ(nearest("a", {""}), "");
}

TEST(Nearest, TakesTheFirstOfEquals) { EXPECT_EQ(nearest("abcx", {"abcd", "abce"}), "abcd"); }

TEST(Nearest, FindsAWordByAPartOfIt) {
  EXPECT_EQ(nearest("cliffs", {"memory/access_order", "memory/cache_cliffs"}), "memory/cache_cliffs");
}

TEST(Nearest, DoesNotWorkOnAbsurdWords) {
  EXPECT_EQ(nearest(std::string(1'000'000, 'a'), {std::string(1'000'000, 'a')}), "");
}

TEST(NearestFew, AreSortedByDistance) {
  EXPECT_THAT(nearest_few("memroy", {"memo", "memory", "memory/x", "sync"}, 3), ElementsAre("memory", "memo"));
  EXPECT_THAT(nearest_few("memory", {"memory/a", "memory/b", "memory/c"}, 2), ElementsAre("memory/a", "memory/b"));
  EXPECT_THAT(nearest_few("zzz", {"memory"}, 3), IsEmpty());
}

TEST(DidYouMean, SuggestsListsOrStaysSilent) {
  EXPECT_EQ(did_you_mean("cpu", {"cpus"}), "; did you mean 'cpus'?");
  EXPECT_EQ(did_you_mean("zzz", {"cpus"}), "");
  EXPECT_EQ(did_you_mean_or_known("cpu", {"cpus"}), "; did you mean 'cpus'?");
  EXPECT_EQ(did_you_mean_or_known("zzz", {"cpus", "slow"}), "; known: cpus, slow");
  EXPECT_EQ(did_you_mean_or_known("zzz", std::vector<std::string>(17, "cpus")), "");
  EXPECT_EQ(did_you_mean_or_known("zzz", {}), "");
}

}  // namespace
}  // namespace unitcost
