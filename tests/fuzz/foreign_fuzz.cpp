// Any bytes at all, read as a result file of another tool and as the rules of a gate: the only way out is BadInput, and what is accepted can
// be compared with itself. Build with clang and -DUNITCOST_FUZZ=ON; run foreign_fuzz CORPUS tests/data/foreign tests/data/foreign/hostile.
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>

#include "harness/base/error.hpp"
#include "harness/compare/comparison.hpp"
#include "harness/compare/foreign.hpp"
#include "harness/compare/gate_rules.hpp"

namespace {

using namespace unitcost;

void compare_with_itself(const Session& session) {
  const Side once{"a", {session, session}};
  const Comparison found = compare(once, {"b", once.sessions}, {});
  for (const ComparedCase& row : found.rows) {
    if (row.change != Change::kEquivalent || !(std::abs(row.found.ratio - 1.0) < 1e-9)) std::abort();
  }
}

void read_as_result_file(const std::string& text) {
  Session session;
  try {
    session = foreign_session(text, "fuzz.json", "fuzz.json");
  } catch (const BadInput&) {
    return;
  }
  compare_with_itself(session);  // outside of the try: what was accepted has cases, and they are the same on both sides
}

void read_as_rules(const std::string& text) {
  try {
    parse_gate_rules(text, "fuzz.toml");
  } catch (const BadInput&) {
  }
}

}  // namespace

// NOLINTNEXTLINE(readability-identifier-naming): the fuzzer looks for this name.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string text(data, data + size);
  read_as_result_file(text);
  read_as_rules(text);
  return 0;
}
