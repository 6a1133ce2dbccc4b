// run.json in two parts and as a whole.
#include "harness/store/record_reader.hpp"

#include <gtest/gtest.h>

#include <cstdint>
#include <stdexcept>
#include <string>
#include <utility>

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
  for (const char* key : {"memory/example:walk/bytes:64", "memory/example:walk/bytes:128"}) {
    PlannedCase planned;
    planned.key = key;
    planned.axes = {{"bytes", "64"}, {"page", "base"}};
    planned.expected_s = 0.1 * static_cast<double>(seed);
    record.plan.cases.push_back(planned);
    record.plan.labels.push_back({"memory/example", "walk", key, planned.axes});
  }
  record.programs = {{"memory/example", "0123456789ab"}};
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

TEST(RecordReader, ReadsRunsOfVersionsThatNotedNoProgramsAndIdentifiesThemAlike) {
  const std::string text = text_of(record_of(1));
  const std::string older = with(text, R"("programs":{"memory/example":"0123456789ab"},)", "");
  RecordReader reader;
  const ReadRecord now = reader.read(text, "run.json");
  EXPECT_EQ(now.record.programs, record_of(1).programs);
  const ReadRecord before = reader.read(older, "run.json");
  EXPECT_TRUE(before.record.programs.empty());
  EXPECT_EQ(before.identity, now.identity);
}

TEST(RecordReader, IdentifiesARunByContentHoweverItIsWritten) {
  const std::string text = text_of(record_of(1));
  RecordReader reader;
  const std::string identity = reader.read(text, "run.json").identity;
  EXPECT_EQ(reader.read(spaced(text), "run.json").identity, identity);
  EXPECT_EQ(reader.read(with_scenarios_early(text), "run.json").identity, identity);
  EXPECT_EQ(reader.read(with(text, "\"running\"", "\"complete\""), "run.json").identity, identity) << "it went on";
  EXPECT_NE(reader.read(with(text, "\"seed\":1", "\"seed\":2"), "run.json").identity, identity);
  EXPECT_NE(reader.read(with(text, "\"id\":\"memory/example\"", "\"id\":\"memory/ex\""), "run.json").identity,
            identity);
}

TEST(RecordReader, SaysOfWhatIsWrongTheSameWhateverCameBefore) {
  const std::string text = text_of(record_of(1));
  const std::string scenarios = text.substr(text.find(",\"scenarios\":"));
  RecordReader reader;
  static_cast<void>(reader.read(text, "run.json"));
  for (const std::string& wrong : {std::string(),
                                   std::string("{"),
                                   "{" + scenarios,
                                   "[" + scenarios,
                                   scenarios.substr(1),
                                   text + "}",
                                   text.substr(0, text.size() - 2),
                                   with(text, "}" + scenarios, "}," + scenarios),
                                   with(text, "}" + scenarios, "},\"scenarios\":[]" + scenarios),
                                   with(text, "\"boot\"", "\"boat\""),
                                   with(text, "\"seed\":1", "\"seed\":\"one\""),
                                   with(text, "\"schema\":1", "\"schema\":7"),
                                   with(text, "\"value\":2", "\"value\":2,\"scenarios\":[]}},\"x\":{\"y\":{\"z\":1"),
                                   with(text, "\"cpus\":{", "\"cpus\":3,\"scenarios\":{"),
                                   with(text, "\"id\":\"memory/example\"", "\"id\":\"memory\""),
                                   with(text, "\"claim\":", "\"clam\":"),
                                   with(text, scenarios, ",\"scenarios\":{}}"),
                                   with(text, "\"cases\":[", "\"cases\":[],\"cases\":["),
                                   with(text, "\"cases\":[", "\"cases\":[3,"),
                                   with(text, "\"labels\":[", "\"cases\":[],\"labels\":["),
                                   with(text, "\"labels\":[", "\"cases\":{"),
                                   with(text, "\"labels\":[", "\"labels\":[],\"labels\":["),
                                   with(text, "\"labels\":", "\"label\":"),
                                   with(text, "\"seed\":", "\"labels\":[],\"seed\":"),
                                   with(text, "\"frozen\":false", "\"frozen\":0"),
                                   with(text, "\"rounds\":0,\"repeat", "\"rounds\":0.5,\"repeat"),
                                   with(text, ",\"labels\"", "\"labels\""),
                                   with(text, "\"plan\":", "\"plan\":{},\"plan\":"),
                                   with(text, "\"plan\":", "\"plain\":"),
                                   with(text, "\"plan\":{", "\"plan\":[{"),
                                   with(text, "\"expected_s\":", "\"expected_s\":1e999,\"x\":"),
                                   with(text, "\"slow\":false", "\"slow\":0"),
                                   with(text, "\"memory_bytes\":0", "\"memory_bytes\":-1"),
                                   with(text, "\"observe\":\"time\"", "\"observe\":\"times\""),
                                   with(text, "\"page\":\"base\"", "\"bytes\":\"64\"")}) {
    const auto said = [&](RecordReader& by) { return complaint_of([&] { return by.read(wrong, "run.json"); }); };
    RecordReader fresh;
    const auto whole = complaint_of([&] { return run_record_from_json(parse_json(wrong, "run.json")); });
    EXPECT_NE(whole, "accepted") << wrong;
    EXPECT_EQ(said(reader), said(fresh)) << wrong;
    EXPECT_TRUE(said(reader).ends_with(whole)) << said(reader) << " for " << whole;
  }
}

TEST(RecordReader, ReadsAgainWhatItDidNotGetBack) {
  RecordReader reader;
  RecordReader thrifty;
  RunRecord few = record_of(6);
  few.plan.cases.pop_back();
  few.plan.cases.front().axes = {{"other", "1"}};
  RunRecord other = record_of(3);
  other.scenarios.front().id = "memory/other";
  for (const RunRecord& record : {record_of(1), record_of(2), few, other, other, record_of(4, false), record_of(5)}) {
    for (const std::string& text : {text_of(record), spaced(text_of(record)), text_of(record)}) {
      const ReadRecord read = reader.read(text, "run.json");
      ReadRecord lent = thrifty.read(text, "run.json");
      EXPECT_EQ(text_of(read.record), text_of(record));
      EXPECT_EQ(text_of(lent.record), text_of(record));
      EXPECT_EQ(lent.identity, read.identity);
      thrifty.take_back(std::move(lent.record));
    }
  }
}

TEST(RecordReader, TakesAMemberOfThatNameElsewhereForWhatItIs) {
  RunRecord record = record_of(1);
  record.machine["odd"] = {Fact::Kind::kMoving, boost::json::object{{"a", 1}, {"scenarios", 2}}, ""};
  record.machine["plan"] = {
      Fact::Kind::kMoving,
      boost::json::object{{"a", 1}, {"cases", boost::json::array{}}, {"labels", boost::json::array{}}}, ""};
  RecordReader reader;
  static_cast<void>(reader.read(text_of(record_of(2)), "run.json"));
  EXPECT_EQ(text_of(reader.read(text_of(record), "run.json").record), text_of(record));
}

}  // namespace
}  // namespace unitcost
