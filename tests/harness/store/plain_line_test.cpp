// The short way to a block and the long one, on lines as we write them and on what may become of them.
#include "harness/store/plain_line.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <boost/json/serialize.hpp>

#include "harness/base/error.hpp"
#include "harness/base/json.hpp"
#include "harness/stats/random.hpp"

namespace unitcost {
namespace {

std::optional<Block> long_way(const std::string& line) {
  try {
    return block_from_json(parse_json(line, "line"));
  } catch (const BadInput&) {
    return std::nullopt;
  }
}

/// To the last bit: -0 is another text than 0.
std::string text_of(const Block& block) { return boost::json::serialize(to_json(block)); }

/// What estimates are made of, as text.
std::string evidence_of(Block block) {
  block.covariates = {};
  block.started_utc.clear();
  block.end.stderr_tail.clear();
  if (block.round < 1) block.samples.clear();
  return text_of(block);
}

/// Whatever the short way takes, the long one takes too, and it is the same; what it takes whole it takes as evidence. Returns whether it was taken
/// whole.
bool is_taken_and_agrees(const std::string& line) {
  const std::optional<Block> plain = block_of_plain_line(line, Keep::kAll);
  const std::optional<Block> lean = block_of_plain_line(line, Keep::kEvidence);
  EXPECT_TRUE(lean.has_value() || !plain.has_value()) << line;
  if (!lean) return false;
  const std::optional<Block> other = long_way(line);
  EXPECT_TRUE(other.has_value()) << "the long way refuses " << line;
  if (other) {
    EXPECT_EQ(text_of(*lean), evidence_of(*other)) << line;
  }
  if (!plain) return false;
  if (other) {
    EXPECT_EQ(text_of(*plain), text_of(*other)) << line;
    EXPECT_EQ(plain->samples, other->samples) << line;
    EXPECT_EQ(plain->covariates.readings, other->covariates.readings) << line;
  }
  return true;
}

double drawn(Random& random) { return random.normal() * std::pow(10.0, std::floor(20.0 * random.uniform()) - 7.0); }

Block block_by_lot(Random& random) {
  Block block;
  block.case_key = "memory/order:walk/bytes:" + std::to_string(static_cast<int>(1e6 * random.uniform()));
  block.round = static_cast<int>(20 * random.uniform());
  block.position = static_cast<int>(5000 * random.uniform());
  block.started_utc = "2026-01-02T03:04:05Z";
  block.iterations = static_cast<std::int64_t>(1e12 * random.uniform());
  for (const char* counter : {"access_ns", "operations", "real_ns"}) {
    for (int sample = 0; sample < 5; ++sample) block.samples[counter].push_back(drawn(random));
  }
  block.samples["none"] = {};
  block.samples["zeros"] = {0.0, -0.0};
  block.covariates.cpus_asked = {0, 3};
  block.covariates.readings = {{"wall_s", drawn(random)}, {"frequency_khz", std::nullopt}, {"steal_ticks", 0.0}};
  if (random.uniform() < 0.3) block.contaminated = {"steal", "cpu"};
  return block;
}

std::string good_line() {
  Random random(5);
  Block block = block_by_lot(random);
  block.round = 3;
  return text_of(block);
}

std::string with(const std::string& line, const std::string& old, const std::string& fresh) {
  const std::size_t at = line.find(old);
  if (at == std::string::npos) throw std::logic_error("no " + old);
  return line.substr(0, at) + fresh + line.substr(at + old.size());
}

TEST(PlainLine, TakesEveryLineAsWeWriteItAndGivesTheSameBlock) {
  Random random(1);
  for (int i = 0; i < 500; ++i) EXPECT_TRUE(is_taken_and_agrees(text_of(block_by_lot(random))));
  Block bare;
  EXPECT_TRUE(is_taken_and_agrees(text_of(bare)));
  bare.outcome = Outcome::kFailed;
  bare.reason = "signal 11: it crashed, in a text that is longer than a word";
  bare.end = {ChildEnd::Kind::kSignalled, 11, "last words"};
  EXPECT_TRUE(is_taken_and_agrees(text_of(bare)));
}

TEST(PlainLine, KeepsForEstimatesWhatTheyAreMadeOf) {
  const Block whole = block_of_plain_line(good_line(), Keep::kAll).value();
  const Block lean = block_of_plain_line(good_line(), Keep::kEvidence).value();
  EXPECT_EQ(lean.case_key, whole.case_key);
  EXPECT_EQ(lean.round, whole.round);
  EXPECT_EQ(lean.samples, whole.samples);
  EXPECT_EQ(lean.contaminated, whole.contaminated);
  EXPECT_FALSE(whole.covariates.readings.empty());
  EXPECT_TRUE(lean.covariates.readings.empty());
  const std::string first = with(good_line(), "\"round\":3", "\"round\":0");
  EXPECT_FALSE(block_of_plain_line(first, Keep::kAll)->samples.empty());
  EXPECT_TRUE(block_of_plain_line(first, Keep::kEvidence)->samples.empty());
}

TEST(PlainLine, LeavesToTheLongWayWhatOthersMayWrite) {
  const std::string line = good_line();
  for (const std::string& other :
       {with(line, "\"round\":", "\"round\": "), with(line, "\"reason\":\"\"", "\"reason\":\"a \\\" and \\n\""),
        with(line, "\"reason\":\"\"", "\"reason\":\"µ\""),
        with(line, "\"none\":[]", "\"none\":[0.12345678901234567890]"), with(line, "\"none\":[]", "\"none\":[1e99]"),
        line + " ", with(line, "\"none\":[]", "\"none\":[" + std::string(200, '1') + "e-200]")}) {
    EXPECT_FALSE(is_taken_and_agrees(other)) << other;
    EXPECT_TRUE(long_way(other).has_value()) << other;
  }
}

TEST(PlainLine, AsksOfAReadingThatIsNotKeptOnlyWhetherItIsANumber) {
  const std::string line = good_line();
  const auto with_reading = [&](const std::string& number) {
    return with(line, "\"frequency_khz\":null", "\"frequency_khz\":" + number);
  };
  const std::string eighteen(18, '9');
  for (const std::string& number : {std::string("0.12345678901234567890123"), std::string("1.2345678901234567E-5"),
                                    std::string("1e99"), std::string("-3E-99"), std::string("-0"), eighteen}) {
    EXPECT_FALSE(is_taken_and_agrees(with_reading(number)) && number != "-0") << number;
    EXPECT_TRUE(block_of_plain_line(with_reading(number), Keep::kEvidence).has_value()) << number;
  }
  for (const std::string& number :
       {std::string("1e999"), std::string("1e100"), std::string("1."), std::string("1.e5"), std::string(".5"),
        std::string("01"), std::string("-"), std::string("1e"), std::string("1e+"), std::string("+1"),
        std::string("0x1"), std::string("1.5.5"), std::string("1e5e5"), std::string("NaN"), std::string("nul"),
        std::string("1 "), std::string(400, '9'), std::string()}) {
    EXPECT_FALSE(is_taken_and_agrees(with_reading(number))) << number;
    EXPECT_FALSE(block_of_plain_line(with_reading(number), Keep::kEvidence).has_value()) << number;
  }
}

TEST(PlainLine, TakesNothingThatIsWrong) {
  const std::string line = good_line();
  const std::vector<std::string> wrong{
      "",
      "{}",
      "null",
      "{\"case\":3}",
      line + "}",
      line + line,
      with(line, "\"outcome\":\"measured\"", "\"outcome\":\"guessed\""),
      with(line, "\"kind\":\"exited\"", "\"kind\":\"asleep\""),
      with(line, "\"attempt\":1", "\"attempt\":1.5"),
      with(line, "\"attempt\":1", "\"attempt\":01"),
      with(line, "\"attempt\":1", "\"attempt\":99999999999"),
      with(line, "\"attempt\":1", "\"attempt\":-"),
      with(line, "\"none\":[]", "\"none\":[NaN]"),
      with(line, "\"none\":[]", "\"none\":[1e999]"),
      with(line, "\"none\":[]", "\"none\":[1,]"),
      with(line, "\"none\":[]", "\"none\":[.5]"),
      with(line, "\"none\":[]", "\"none\":[1.]"),
      with(line, "\"none\":[]", "\"none\":[1e]"),
      with(line, "\"none\":[]", "\"none\":[+1]"),
      with(line, "\"none\":[]", "\"none\":[00]"),
      with(line, "\"none\":[]", "\"none\":[null]"),
      with(line, "\"none\":[]", "\"none\":[\"1\"]"),
      with(line, "\"none\":[]", "\"operations\":[]"),
      with(line, "\"none\":[]", "\"none\":[],\"none\":[]"),
      with(line, "\"frequency_khz\":null", "\"frequency_khz\":null,\"frequency_khz\":null"),
      with(line, "\"frequency_khz\":null", "\"cpus_used\":[]"),
      with(line, "\"frequency_khz\":null", "\"cpus_used\":3"),
      with(line, "\"frequency_khz\":null", "\"frequency_khz\":\"fast\""),
      with(line, "\"reason\":\"\"", "\"reason\":\"\xff\""),
      with(line, "\"reason\":\"\"", "\"reason\":\"\n\"")};
  for (const std::string& text : wrong) {
    EXPECT_FALSE(long_way(text).has_value()) << text;
    EXPECT_FALSE(block_of_plain_line(text, Keep::kAll).has_value()) << text;
    EXPECT_FALSE(block_of_plain_line(text, Keep::kEvidence).has_value()) << text;
  }
}

/// Lines of one file differ in counters and readings, and some are cut off or wrong.
std::string line_by_lot(Random& random) {
  Block block = block_by_lot(random);
  for (const char* counter : {"access_ns", "operations", "bytes", "zeros"}) {
    if (random.uniform() < 0.3) block.samples.erase(counter);
    if (random.uniform() < 0.1) block.samples[counter] = {1.0, 2.0};
  }
  for (const char* reading : {"wall_s", "steal_ticks", "a_first", "minor_faults", "zzz"}) {
    if (random.uniform() < 0.1) block.covariates.readings.erase(reading);
    if (random.uniform() < 0.1) block.covariates.readings[reading] = 3.0;
  }
  std::string line = text_of(block);
  if (random.uniform() < 0.1)
    line.resize(static_cast<std::size_t>(random.uniform() * static_cast<double>(line.size())));
  if (random.uniform() < 0.1) line.insert(line.find("\"wall_s\"") + 1, "x");
  return line;
}

TEST(PlainLines, TakeFromOneLineNothingThatStoodInAnother) {
  for (const Keep keep : {Keep::kAll, Keep::kEvidence}) {
    Random random(21);
    PlainLines lines(keep);
    int taken = 0;
    for (int i = 0; i < 3000; ++i) {
      const std::string line = line_by_lot(random);
      const std::optional<Block> alone = block_of_plain_line(line, keep);
      Block* among = lines.block_of(line);
      ASSERT_EQ(among != nullptr, alone.has_value()) << line;
      if (among == nullptr) continue;
      ++taken;
      EXPECT_EQ(text_of(*among), text_of(*alone)) << line;
      if (i % 7 == 0) static_cast<void>(Block(std::move(*among)));
    }
    EXPECT_GT(taken, 1000);
    EXPECT_LT(taken, 3000);
  }
}

TEST(PlainLines, GoBehindALineThatTheyTookAndStayBeforeAnother) {
  const std::string good = good_line();
  const std::string text = good + "\n" + good + "\n" + good + " \n" + good;
  std::string_view rest = text;
  PlainLines lines(Keep::kAll);
  for (int line = 1; line <= 2; ++line) {
    const Block* block = lines.next_block(rest);
    ASSERT_NE(block, nullptr) << line;
    EXPECT_EQ(text_of(*block), good);
    EXPECT_EQ(rest.size(), text.size() - static_cast<std::size_t>(line) * (good.size() + 1));
  }
  for (const std::string& other : {good + " \n" + good, good, good + "\r\n", std::string("\n" + good), std::string()}) {
    rest = other;
    EXPECT_EQ(lines.next_block(rest), nullptr) << other;
    EXPECT_EQ(rest, other);
  }
}

TEST(PlainLine, TakesNoLineThatWasCutOff) {
  const std::string line = good_line();
  for (std::size_t size = 0; size < line.size(); ++size)
    EXPECT_FALSE(block_of_plain_line(std::string_view(line).substr(0, size), Keep::kAll).has_value()) << size;
}

TEST(PlainLine, AgreesWithTheLongWayOnLinesThatWereDamaged) {
  constexpr std::string_view kLetters = "0123456789-+.eE,:[]{}\"\\ \tnulax\x7f\x80\xc3\xff";
  Random random(11);
  const auto place = [&](std::size_t size) {
    return static_cast<std::size_t>(random.uniform() * static_cast<double>(size));
  };
  int taken = 0;
  int left = 0;
  for (int i = 0; i < 6000; ++i) {
    std::string line = text_of(block_by_lot(random));
    for (int harm = 0; harm <= i % 3; ++harm) {
      const std::size_t at = place(line.size());
      if (i % 4 == 0) line.erase(at, 1 + place(3));
      else if (i % 4 == 1) line.insert(at, 1, kLetters[place(kLetters.size())]);
      else if (i % 4 == 2) line[at] = kLetters[place(kLetters.size())];
      else line.insert(at, line.substr(place(line.size()), place(40)));
    }
    ++(is_taken_and_agrees(line) ? taken : left);
  }
  EXPECT_GT(taken, 500) << "a digit more or less is still a line";
  EXPECT_GT(left, 500);
}

}  // namespace
}  // namespace unitcost
