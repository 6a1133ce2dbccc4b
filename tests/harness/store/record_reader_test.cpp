// run.json in two parts and as a whole.
#include "harness/store/record_reader.hpp"

#include <gtest/gtest.h>

#include <cstdint>
#include <stdexcept>
#include <string>

#include <boost/json/serialize.hpp>

#include "harness/base/json.hpp"
#include "harness/scenario/parse.hpp"
#include "tests/harness/complaint.hpp"
#include "tests/harness/scenario/example.hpp"

namespace unitcost {
namespace {

using testing_support::complaint_of;

std::string text_of(const RunRecord& record) { return boost::json::serialize(to_json(record)) + '\n'; }

RunRecord record_of(std::uint64_t seed, bool has_scenarios = true) {
  RunRecord record;
  record.machine_id = "0123456789ab";
  record.plan.seed = seed;
  record.machine["cpus"] = {Fact::Kind::kIdentity, 2, ""};
  if (has_scenarios) record.scenarios = {parse_scenario(testing_support::kExample, "memory/example", "example.toml")};
  return record;
}

std::string with(const std::string& text, const std::string& old, const std::string& fresh) {
  const std::size_t at = text.find(old);
  if (at == std::string::npos) throw std::logic_error("no " + old);
  return text.substr(0, at) + fresh + text.substr(at + old.size());
}

/// Blanks after every comma between members; texts of the example have none before a quotation mark.
std::string spaced(std::string text) {
  for (std::size_t at = text.find(",\""); at != std::string::npos; at = text.find(",\"", at + 2))
    text.insert(at + 1, " ");
  return text;
}

/// "schema" first, "scenarios" second.
std::string with_scenarios_early(const std::string& text) {
  const std::size_t at = text.find(",\"scenarios\":");
  const std::string scenarios = text.substr(at, text.rfind('}') - at);
  return with(text.substr(0, at), ",\"machine_id\"", scenarios + ",\"machine_id\"") + "}\n";
}

TEST(RecordReader, GivesOfEveryRunWhatItSaysWhateverCameBefore) {
  RecordReader reader;
  RunRecord other = record_of(3);
  other.scenarios.front().id = "memory/other";
  for (const RunRecord& record : {record_of(1), record_of(2), other, record_of(4, false), record_of(1)}) {
    const ReadRecord read = reader.read(text_of(record), "run.json");
    EXPECT_EQ(text_of(read.record), text_of(record));
    EXPECT_EQ(read.identity, RecordReader().read(text_of(record), "run.json").identity);
  }
}

TEST(RecordReader, IdentifiesARunByContentHoweverItIsWritten) {
  const std::string text = text_of(record_of(1));
  RecordReader reader;
  const std::string identity = reader.read(text, "run.json").identity;
  EXPECT_EQ(reader.read(spaced(text), "run.json").identity, identity);
  EXPECT_EQ(reader.read(with_scenarios_early(text), "run.json").identity, identity);
  EXPECT_EQ(reader.read(with(text, "\"running\"", "\"complete\""), "run.json").identity, identity) << "it went on";
  EXPECT_NE(reader.read(with(text, "\"seed\":1", "\"seed\":2"), "run.json").identity, identity);
  EXPECT_NE(reader.read(with(text, "memory/example", "memory/ex"), "run.json").identity, identity);
}

TEST(RecordReader, SaysOfWhatIsWrongTheSameWhateverCameBefore) {
  const std::string text = text_of(record_of(1));
  const std::string scenarios = text.substr(text.find(",\"scenarios\":"));
  RecordReader reader;
  static_cast<void>(reader.read(text, "run.json"));
  for (const std::string& wrong :
       {std::string(), std::string("{"), "{" + scenarios, "[" + scenarios, scenarios.substr(1), text + "}",
        text.substr(0, text.size() - 2), with(text, "}" + scenarios, "}," + scenarios),
        with(text, "}" + scenarios, "},\"scenarios\":[]" + scenarios), with(text, "\"boot\"", "\"boat\""),
        with(text, "\"seed\":1", "\"seed\":\"one\""), with(text, "\"schema\":1", "\"schema\":7"),
        with(text, "\"value\":2", "\"value\":2,\"scenarios\":[]}},\"x\":{\"y\":{\"z\":1"),
        with(text, "\"cpus\":{", "\"cpus\":3,\"scenarios\":{"), with(text, "memory/example", "memory"),
        with(text, "\"claim\":", "\"clam\":"), with(text, scenarios, ",\"scenarios\":{}}")}) {
    const auto said = [&](RecordReader& by) { return complaint_of([&] { return by.read(wrong, "run.json"); }); };
    RecordReader fresh;
    const auto whole = complaint_of([&] { return run_record_from_json(parse_json(wrong, "run.json")); });
    EXPECT_NE(whole, "accepted") << wrong;
    EXPECT_EQ(said(reader), said(fresh)) << wrong;
    EXPECT_TRUE(said(reader).ends_with(whole)) << said(reader) << " for " << whole;
  }
}

TEST(RecordReader, TakesAMemberOfThatNameElsewhereForWhatItIs) {
  RunRecord record = record_of(1);
  record.machine["odd"] = {Fact::Kind::kMoving, boost::json::object{{"a", 1}, {"scenarios", 2}}, ""};
  RecordReader reader;
  static_cast<void>(reader.read(text_of(record_of(2)), "run.json"));
  EXPECT_EQ(text_of(reader.read(text_of(record), "run.json").record), text_of(record));
}

}  // namespace
}  // namespace unitcost
