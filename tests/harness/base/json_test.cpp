#include "harness/base/json.hpp"

#include <gmock/gmock.h>

#include "tests/harness/complaint.hpp"

namespace unitcost {
namespace {

using ::testing::ElementsAre;
using testing_support::complaint_of;

std::string complaint_about(std::string_view text) {
  return complaint_of([text] { return parse_json(text, "x.json"); });
}

TEST(ParseJson, TakesOneValueWithBlanksAround) {
  EXPECT_EQ(parse_json(" {\"a\": [1, 2.5, null, true, \"é\"]} \n", "x").at("a").as_array().size(), 5U);
}

TEST(ParseJson, KeepsAllSixtyFourBits) {
  EXPECT_EQ(JsonIn(parse_json("18446744073709551615", "x"), "x").count(), 18446744073709551615U);
  EXPECT_EQ(JsonIn(parse_json("-9223372036854775808", "x"), "x").integer(), INT64_MIN);
}

TEST(ParseJson, NamesFileLineAndColumnOfASyntaxError) {
  EXPECT_THAT(complaint_about("{\n  \"a\": 1,\n  \"b\": nope\n}"),
              ::testing::StartsWith("x.json: line 3, column 8: not valid JSON: "));
}

TEST(ParseJson, RefusesWhatGoogleBenchmarkWritesForBrokenNumbers) {
  for (const char* text :
       {"{\"a\": NaN}", "{\"a\": nan}", "{\"a\": Infinity}", "{\"a\": -inf}", "{\"a\": 1e999}", "[-1e400]"}) {
    EXPECT_THAT(complaint_about(text), ::testing::StartsWith("x.json: line 1, column ")) << text;
  }
}

TEST(ParseJson, RefusesWhatIsNotJson) {
  for (const char* text : {"", " ", "{", "[1,]", "[1 2]", "{\"a\"}", "// x\n1", "'a'", "\"\xff\"", "\"\xed\xa0\x80\"",
                           "\"a", "01", "tru", "\"\n\""}) {
    EXPECT_NE(complaint_about(text), "accepted") << text;
  }
}

TEST(ParseJson, RefusesTextBehindTheValue) {
  EXPECT_EQ(complaint_about("{}\n {}"), "x.json: line 2, column 2: more text behind the JSON value");
}

TEST(ParseJson, RefusesAKeyThatStandsTwiceInOneObject) {
  EXPECT_THAT(complaint_about(R"({"a": 1, "b": {"a": 1}, "a": 2})"),
              ::testing::EndsWith("the key 'a' stands twice in one object"));
  EXPECT_EQ(complaint_about(R"([{"a": 1}, {"a": {"a": 2}}])"), "accepted");
}

TEST(ParseJson, RefusesItInAnObjectOfManyKeysToo) {
  std::string many = "{";
  for (int i = 0; i < 100; ++i) many += "\"key" + std::to_string(i) + "\": {\"key0\": 1}, ";
  EXPECT_EQ(complaint_about(many + "\"last\": 1}"), "accepted");
  for (const char* key : {"key0", "key31", "key32", "key33", "key99"})
    EXPECT_THAT(complaint_about(many + "\"" + key + "\": 1}"), ::testing::HasSubstr("stands twice")) << key;
  EXPECT_THAT(complaint_about(R"({"a\u0062": 1, "ab": 2})"), ::testing::HasSubstr("the key 'ab' stands twice"));
}

TEST(ParseJson, RefusesDeepNesting) {
  EXPECT_EQ(complaint_about(std::string(32, '[') + std::string(32, ']')), "accepted");
  EXPECT_NE(complaint_about(std::string(33, '[') + std::string(33, ']')), "accepted");
  EXPECT_NE(complaint_about(std::string(1'000'000, '[')), "accepted");
}

TEST(JsonIn, MessagesCarryThePath) {
  const boost::json::value value = parse_json(R"({"cases": [{"name": 3}]})", "x");
  const JsonIn in(value, "run.json");
  EXPECT_EQ(complaint_of([&] { return in.at("cases").items()[0].at("name").text(); }),
            "run.json.cases[0].name: expected a text, found an integer");
  EXPECT_EQ(complaint_of([&] { return in.at("cases").items()[0].at("key").text(); }),
            "run.json.cases[0]: missing key 'key'");
  EXPECT_EQ(complaint_of([&] { return in.at("cases").at("x").text(); }),
            "run.json.cases: expected an object, found a list");
}

TEST(JsonIn, EveryGetterRefusesTheOtherTypes) {
  const boost::json::value value =
      parse_json(R"({"t": "x", "b": true, "n": 1.5, "i": 3, "l": [], "o": {}, "z": null})", "x");
  const JsonIn in(value, "x");
  EXPECT_EQ(complaint_of([&] { return in.at("n").integer(); }), "x.n: expected an integer, found a number");
  EXPECT_EQ(complaint_of([&] { return in.at("t").number(); }), "x.t: expected a number, found a text");
  EXPECT_EQ(complaint_of([&] { return in.at("i").boolean(); }), "x.i: expected true or false, found an integer");
  EXPECT_EQ(complaint_of([&] { return in.at("o").items(); }), "x.o: expected a list, found an object");
  EXPECT_EQ(complaint_of([&] { return in.at("l").entries(); }), "x.l: expected an object, found a list");
  EXPECT_EQ(complaint_of([&] { return in.at("z").text(); }), "x.z: expected a text, found null");
  EXPECT_EQ(complaint_of([&] { return in.at("b").texts(); }), "x.b: expected a list, found true or false");
}

TEST(JsonIn, AnIntegerMayBeWrittenAsANumber) {
  const boost::json::value value = parse_json("[3.0, 1e3, 3, 1e300, -1, 4294967296]", "x");
  const std::vector<JsonIn> items = JsonIn(value, "x").items();
  EXPECT_EQ(items[0].integer(), 3);
  EXPECT_EQ(items[1].count(), 1000U);
  EXPECT_EQ(items[2].number(), 3.0);
  EXPECT_EQ(complaint_of([&] { return items[3].integer(); }), "x[3]: expected an integer, found a number");
  EXPECT_EQ(complaint_of([&] { return items[4].count(); }),
            "x[4]: expected an integer of at least 0, found an integer");
  EXPECT_EQ(complaint_of([&] { return items[5].small_integer(); }),
            "x[5]: expected an integer of 32 bits, found an integer");
}

TEST(JsonIn, FindTakesNullForAbsent) {
  const boost::json::value value = parse_json(R"({"a": null, "b": 1})", "x");
  const JsonIn in(value, "x");
  EXPECT_FALSE(in.find("a").has_value());
  EXPECT_FALSE(in.find("c").has_value());
  EXPECT_EQ(in.find("b")->integer(), 1);
  EXPECT_TRUE(in.at("a").is_null());
}

TEST(JsonIn, ListsKeepTheirOrder) {
  const boost::json::value value = parse_json(R"({"b": [1, 2.5], "a": ["x", "y"], "c": [4, -5]})", "x");
  const JsonIn in(value, "x");
  EXPECT_THAT(in.at("b").numbers(), ElementsAre(1.0, 2.5));
  EXPECT_THAT(in.at("a").texts(), ElementsAre("x", "y"));
  EXPECT_THAT(in.at("c").small_integers(), ElementsAre(4, -5));
  EXPECT_EQ(in.entries()[0].first, "b");
  EXPECT_EQ(in.entries()[2].second.path(), "x.c");
}

TEST(JsonIn, UnknownKeysAreNamedWithTheNearestKnownOne) {
  const boost::json::value value = parse_json(R"({"rounds": 1, "smaples": 2})", "x");
  EXPECT_EQ(complaint_of([&] {
              JsonIn(value, "x").only_keys({"rounds", "samples"});
              return 0;
            }),
            "x: unknown key 'smaples'; did you mean 'samples'?");
}

}  // namespace
}  // namespace unitcost
