#include "harness/compare/facts.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <boost/json/object.hpp>

#include "harness/base/error.hpp"
#include "tests/harness/compare/sides.hpp"

namespace unitcost {
namespace {

using testing_support::make_side;
using testing_support::set_fact;

class TwoSides : public testing::Test {
 protected:
  void both(const std::string& name, Fact::Kind kind, const boost::json::value& of_a, const boost::json::value& of_b) {
    set_fact(a, name, kind, of_a);
    set_fact(b, name, kind, of_b);
  }
  std::vector<std::string> undeclared(const std::set<std::string>& vary) {
    std::vector<std::string> names;
    for (const FactDifference& fact : differing_facts(a, b)) {
      if (!is_declared(fact, vary)) names.push_back(fact.name);
    }
    return names;
  }

  Side a = make_side("a", {{"p:x", {1, 1, 1}}});
  Side b = make_side("b", {{"p:x", {1, 1, 1}}});
};

TEST_F(TwoSides, EqualFactsAreNoDifference) {
  both("cpu_model", Fact::Kind::kIdentity, "X", "X");
  both("governor", Fact::Kind::kSetUp, nullptr, nullptr);
  EXPECT_TRUE(differing_facts(a, b).empty());
}

TEST_F(TwoSides, FactsThatAgreeAreThoseThatDoNotDiffer) {
  both("libc", Fact::Kind::kSetUp, "glibc 2.36", "glibc 2.36");
  both("kernel", Fact::Kind::kSetUp, "6.1.0", "6.2.0");
  both("cpu_model", Fact::Kind::kIdentity, "X", "X");
  const std::vector<FactDifference> agreed = agreeing_facts(a, b);
  std::vector<std::string> names;
  for (const FactDifference& fact : agreed) {
    names.push_back(fact.name);
    EXPECT_EQ(fact.a, fact.b);
  }
  EXPECT_THAT(names, testing::ElementsAre("cpu_model", "libc"));
}

TEST_F(TwoSides, IdentityComesFirstAndMovingLastAndNeedsNoDeclaration) {
  both("load_1min", Fact::Kind::kMoving, 0.1, 3.0);
  both("libc", Fact::Kind::kSetUp, "glibc 2.36", "glibc 2.41");
  both("cpu_model", Fact::Kind::kIdentity, "X", "Y");
  const std::vector<FactDifference> found = differing_facts(a, b);
  ASSERT_EQ(found.size(), 3U);
  EXPECT_EQ(found[0].name, "cpu_model");
  EXPECT_EQ(found[1].name, "libc");
  EXPECT_EQ(found[2].name, "load_1min");
  EXPECT_THAT(undeclared({}), testing::ElementsAre("cpu_model", "libc"));
  EXPECT_THAT(undeclared({"machine"}), testing::ElementsAre("libc"));
  EXPECT_THAT(undeclared({"machine", "libc"}), testing::IsEmpty());
}

TEST_F(TwoSides, TheCodeUnderTestMayDifferAndTheToolsOfTheBuildMayNot) {
  both("commit", Fact::Kind::kSetUp, "aaaa", "bbbb");
  both("compiler", Fact::Kind::kSetUp, "GNU 12", "GNU 13");
  EXPECT_THAT(undeclared({}), testing::ElementsAre("compiler"));
  EXPECT_THAT(undeclared({"build"}), testing::IsEmpty());
}

TEST_F(TwoSides, AKernelBringsItsMitigations) {
  both("mitigations", Fact::Kind::kSetUp, boost::json::object{{"retbleed", "Vulnerable"}, {"mds", "none"}},
       boost::json::object{{"retbleed", "Mitigated"}, {"mds", "none"}});
  EXPECT_THAT(undeclared({}), testing::ElementsAre("mitigations.retbleed"));
  EXPECT_THAT(undeclared({"kernel"}), testing::IsEmpty());
  EXPECT_THAT(undeclared({"mitigations"}), testing::IsEmpty());
}

TEST_F(TwoSides, SessionsOfOneSideMustAgreeAmongThemselves) {
  both("libc", Fact::Kind::kSetUp, "glibc 2.36", "glibc 2.36");
  b.sessions[1].facts["libc"].value = "musl 1.2";
  EXPECT_THAT(undeclared({}), testing::ElementsAre("libc"));
}

TEST_F(TwoSides, AFactThatOneSideDoesNotRecordIsADifference) {
  set_fact(a, "board", Fact::Kind::kIdentity, "Z");
  const std::vector<FactDifference> found = differing_facts(a, b);
  ASSERT_EQ(found.size(), 1U);
  EXPECT_THAT(found[0].b, testing::ElementsAre("not recorded"));
}

TEST_F(TwoSides, MemoryMayDifferByWhatAKernelKeeps) {
  both("memory_bytes", Fact::Kind::kIdentity, 25276510208, 25276518400);
  EXPECT_TRUE(differing_facts(a, b).empty());
  set_fact(b, "memory_bytes", Fact::Kind::kIdentity, 12638255104);
  EXPECT_EQ(differing_facts(a, b).size(), 1U);
}

TEST_F(TwoSides, AnUnknownWordOfVaryIsRefusedWithTheNearest) {
  both("libc", Fact::Kind::kSetUp, "glibc 2.36", "glibc 2.41");
  EXPECT_NO_THROW(check_vary({"kernel", "libc"}, a, b));
  try {
    check_vary({"kernal"}, a, b);
    FAIL() << "must be refused";
  } catch (const BadInput& error) {
    EXPECT_THAT(error.what(), testing::HasSubstr("did you mean 'kernel'?"));
  }
}

}  // namespace
}  // namespace unitcost
