// The short way to the cases of a plan and the long one, on lists as we write them and on what may become of them.
#include "harness/store/plain_cases.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>

#include "harness/base/error.hpp"
#include "harness/base/json.hpp"
#include "harness/stats/random.hpp"

namespace unitcost {
namespace {

PlannedCase case_by_lot(Random& random) {
  PlannedCase planned;
  planned.key = "memory/order:walk/bytes:" + std::to_string(static_cast<int>(1e6 * random.uniform()));
  planned.program = "memory/order";
  planned.name = "walk";
  if (random.uniform() < 0.3) planned.observe = Observe::kSyscalls;
  if (random.uniform() < 0.8) planned.axes = {{"bytes", "64"}, {"page", "base"}};
  planned.slow = random.uniform() < 0.5;
  planned.memory_bytes = static_cast<std::uint64_t>(1e12 * random.uniform());
  planned.iterations = static_cast<std::int64_t>(1e9 * random.uniform());
  planned.expected_s = random.uniform() * std::pow(10.0, std::floor(12.0 * random.uniform()) - 7.0);
  if (random.uniform() < 0.3) planned.expected_s = 0.0;
  if (random.uniform() < 0.3) planned.dropped = "failed: it crashed, in a text that is longer than a word";
  return planned;
}

std::string list_by_lot(Random& random, int most) {
  boost::json::array list;
  for (int count = static_cast<int>(most * random.uniform()); count > 0; --count)
    list.push_back(to_json(case_by_lot(random)));
  return boost::json::serialize(list);
}

/// Whatever the short way takes, the long one takes too, and it is the same in value and in canonical writing. `plain` may hold anything.
bool is_taken_and_agrees(const std::string& text, PlainCases& plain) {
  if (!read_plain_cases(text, plain)) return false;
  const std::string list = text.substr(0, plain.letters);
  try {
    const boost::json::value value = parse_json(list + std::string(40, ' '), "list");  // as with a run.json behind it
    EXPECT_EQ(plain.canonical, boost::json::serialize(value)) << list;
    boost::json::array again;
    for (const PlannedCase& planned : plain.cases) again.push_back(to_json(planned));
    boost::json::array other;
    for (const JsonIn& item : JsonIn(value, "list").items()) other.push_back(to_json(planned_case_from_json(item)));
    EXPECT_EQ(boost::json::serialize(again), boost::json::serialize(other)) << list;
  } catch (const BadInput& error) {
    ADD_FAILURE() << error.what() << " in " << list;
  }
  return true;
}

TEST(PlainCases, AreTakenAsWeWriteThemWhateverWasReadBefore) {
  Random random(3);
  PlainCases plain;
  for (int i = 0; i < 300; ++i) {
    const std::string list = list_by_lot(random, 20);
    EXPECT_TRUE(is_taken_and_agrees(list + (i % 2 == 0 ? "" : ",\"labels\":[]}}"), plain)) << list;
    EXPECT_EQ(plain.letters, list.size());
  }
}

TEST(PlainCases, ReadNumbersOfAnyLengthAsTheDocumentDoes) {
  const std::string one = boost::json::serialize(boost::json::array{to_json(PlannedCase{})});
  const std::size_t at = one.find("0E0");
  ASSERT_NE(at, std::string::npos);
  Random random(7);
  PlainCases plain;
  for (int i = 0; i < 5000; ++i) {
    std::string number = std::to_string(static_cast<int>(1000.0 * random.uniform()));
    if (i % 5 != 0) number += '.';
    for (int digits = i % 5 == 0 ? 0 : 1 + i % 40; digits > 0; --digits)
      number += static_cast<char>('0' + static_cast<int>(10.0 * random.uniform()));
    if (i % 3 != 0) number += "E" + std::to_string(static_cast<int>(60.0 * random.uniform()) - 30);
    EXPECT_TRUE(is_taken_and_agrees(one.substr(0, at) + number + one.substr(at + 3), plain)) << number;
  }
}

TEST(PlainCases, AgreeWithTheLongWayOnListsThatWereDamaged) {
  constexpr std::string_view kLetters = "0123456789-+.eE,:[]{}\"\\ \tnulax\x7f\x80\xc3\xff";
  Random random(11);
  const auto place = [&](std::size_t size) {
    return static_cast<std::size_t>(random.uniform() * static_cast<double>(size));
  };
  PlainCases plain;
  int taken = 0;
  int left = 0;
  for (int i = 0; i < 6000; ++i) {
    std::string list = list_by_lot(random, 4);
    for (int harm = 0; harm <= i % 2; ++harm) {
      const std::size_t at = place(list.size());
      if (i % 4 == 0) list.erase(at, 1 + place(3));
      else if (i % 4 == 1) list.insert(at, 1, kLetters[place(kLetters.size())]);
      else if (i % 4 == 2 && !list.empty()) list[at] = kLetters[place(kLetters.size())];
      else list.insert(at, list.substr(place(list.size()), place(40)));
    }
    ++(is_taken_and_agrees(list, plain) ? taken : left);
  }
  EXPECT_GT(taken, 500);
  EXPECT_GT(left, 500);
}

}  // namespace
}  // namespace unitcost
