#include "harness/scenario/scenario_json.hpp"

#include <filesystem>

#include <gmock/gmock.h>
#include <boost/json/serialize.hpp>

#include "harness/base/error.hpp"
#include "harness/base/json.hpp"
#include "harness/scenario/parse.hpp"
#include "tests/harness/complaint.hpp"
#include "tests/harness/scenario/example.hpp"

namespace unitcost {
namespace {

namespace json = boost::json;

/// Where things stood in the file does not travel.
Scenario without_places(Scenario scenario) {
  scenario.file.clear();
  for (Claim& claim : scenario.claims) claim.line = 0;
  for (Figure& figure : scenario.figures) figure.line = 0;
  return scenario;
}

/// Through text, as in run.json.
Scenario through_json(const Scenario& scenario) {
  return scenario_from_json(parse_json(json::serialize(to_json(scenario)), "run.json"));
}

std::string complaint_about(const json::value& value) {
  return testing_support::complaint_of([&] { return scenario_from_json(value); });
}

TEST(ScenarioJson, KeepsEverythingOfTheExample) {
  const Scenario scenario = parse_scenario(testing_support::kExample, "memory/example", "example.toml");
  EXPECT_EQ(through_json(scenario), without_places(scenario));
}

TEST(ScenarioJson, KeepsEveryScenarioOfTheRepository) {
  const std::vector<Scenario> all =
      load_scenarios(std::filesystem::path(UNITCOST_TEST_DATA) / ".." / ".." / "scenarios");
  ASSERT_FALSE(all.empty());
  for (const Scenario& scenario : all) EXPECT_EQ(through_json(scenario), without_places(scenario)) << scenario.id;
}

TEST(ScenarioJson, KeepsWhatOnlyChose) {
  const std::vector<Scenario> chosen =
      select_scenarios({parse_scenario(testing_support::kExample, "memory/example", "e")}, {"memory/example:held"});
  ASSERT_EQ(chosen.size(), 1U);
  EXPECT_EQ(through_json(chosen[0]), without_places(chosen[0]));
}

TEST(ScenarioJson, HasTheShapeOfTheFile) {
  const json::value value = to_json(parse_scenario(testing_support::kExample, "memory/example", "example.toml"));
  EXPECT_EQ(value.at("id").as_string(), "memory/example");
  EXPECT_EQ(value.at("why").at("pt").as_string(), "Porque.");
  EXPECT_EQ(value.at("claim").at(0).at("metric").at("ratio").at(1).as_string(), "sequential");
  EXPECT_EQ(value.at("run").at("held").at("cpus").as_string(), "2");
  EXPECT_EQ(json::serialize(value).find("example.toml"), std::string::npos) << "paths do not travel";
}

TEST(ScenarioJson, NamesTheKeyThatIsWrong) {
  json::value value = to_json(parse_scenario(testing_support::kExample, "memory/example", "example.toml"));
  json::value other = value;
  other.at("run").at("cpus") = "two";
  EXPECT_EQ(complaint_about(other),
            "scenario memory/example: cpus in [run]: 'two' is not one of one, pair-same-core, pair-cross-core, all, a "
            "number");
  other = value;
  other.as_object()["clam"] = 1;
  EXPECT_EQ(complaint_about(other), "scenario memory/example: unknown key 'clam' in the file; did you mean 'claim'?");
  other = value;
  other.as_object().erase("id");
  EXPECT_EQ(complaint_about(other), "scenario: missing key 'id'");
  other = value;
  other.at("id") = "../../etc/passwd";
  EXPECT_EQ(complaint_about(other), "scenario.id: '../../etc/passwd' is not a scenario; expected \"family/name\"");
  EXPECT_EQ(complaint_about(3), "scenario: expected an object, found an integer");
}

}  // namespace
}  // namespace unitcost
