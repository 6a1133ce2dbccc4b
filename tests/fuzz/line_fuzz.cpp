// Any bytes at all, read as a line of blocks.jsonl in both ways: what the short one takes the long one takes too, and it is the same block.
// Build with clang and -DUNITCOST_FUZZ=ON; run line_fuzz CORPUS, with some lines of a run as a corpus.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <optional>
#include <string_view>

#include <boost/json/serialize.hpp>

#include "harness/base/error.hpp"
#include "harness/base/json.hpp"
#include "harness/store/plain_line.hpp"

// NOLINTNEXTLINE(readability-identifier-naming): the fuzzer looks for this name.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace unitcost;
  const std::string_view line(reinterpret_cast<const char*>(data), size);
  const std::optional<Block> plain = block_of_plain_line(line, Keep::kAll);
  if (plain.has_value() != block_of_plain_line(line, Keep::kEvidence).has_value()) std::abort();
  std::optional<Block> other;
  try {
    other = block_from_json(parse_json(line, "line"));
  } catch (const BadInput&) {
    if (plain) std::abort();
  }
  if (plain && boost::json::serialize(to_json(*plain)) != boost::json::serialize(to_json(*other))) std::abort();
  return 0;
}
