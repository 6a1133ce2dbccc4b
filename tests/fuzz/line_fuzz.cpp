// Any bytes at all, read as a line of blocks.jsonl in both ways: what the short one takes the long one takes too, and it is the same block. And
// read as the cases of run.json in both ways.
// Build with clang and -DUNITCOST_FUZZ=ON; run line_fuzz CORPUS, with some lines of a run as a corpus.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <optional>
#include <string>
#include <string_view>

#include <boost/json/serialize.hpp>

#include "harness/base/error.hpp"
#include "harness/base/json.hpp"
#include "harness/store/plain_cases.hpp"
#include "harness/store/plain_line.hpp"

namespace {

void check_cases(std::string_view text) {
  using namespace unitcost;
  PlainCases plain;
  if (!read_plain_cases(text, plain)) return;
  try {
    // As with a run.json behind it: Boost.JSON rounds the last digits otherwise where its text ends.
    const boost::json::value value =
        parse_json(std::string(text.substr(0, plain.letters)) + std::string(40, ' '), "cases");
    if (boost::json::serialize(value) != plain.canonical) std::abort();
    std::size_t at = 0;
    for (const JsonIn& item : JsonIn(value, "cases").items()) {
      if (at == plain.cases.size()) std::abort();
      const PlannedCase other = planned_case_from_json(item);
      if (boost::json::serialize(to_json(plain.cases[at++])) != boost::json::serialize(to_json(other))) std::abort();
    }
    if (at != plain.cases.size()) std::abort();
  } catch (const BadInput&) {
    std::abort();
  }
}

}  // namespace

// NOLINTNEXTLINE(readability-identifier-naming): the fuzzer looks for this name.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace unitcost;
  const std::string_view line(reinterpret_cast<const char*>(data), size);
  const std::optional<Block> plain = block_of_plain_line(line, Keep::kAll);
  const std::optional<Block> lean = block_of_plain_line(line, Keep::kEvidence);
  if (plain && !lean) std::abort();
  std::optional<Block> other;
  try {
    other = block_from_json(parse_json(line, "line"));
  } catch (const BadInput&) {
    if (lean) std::abort();
  }
  if (plain && boost::json::serialize(to_json(*plain)) != boost::json::serialize(to_json(*other))) std::abort();
  if (lean && (lean->case_key != other->case_key || lean->contaminated != other->contaminated)) std::abort();
  check_cases(line);
  return 0;
}
