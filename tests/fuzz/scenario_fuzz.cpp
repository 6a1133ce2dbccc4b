// Any bytes at all, read as a scenario, as a profile and as JSON: the only way out is BadInput, and what is accepted must expand
// and survive the way through JSON. Build with clang and -DUNITCOST_FUZZ=ON; run scenario_fuzz -dict=tests/fuzz/scenario.dict CORPUS.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include <boost/json/serialize.hpp>

#include "harness/base/error.hpp"
#include "harness/base/json.hpp"
#include "harness/scenario/expand.hpp"
#include "harness/scenario/parse.hpp"
#include "harness/scenario/scenario_json.hpp"

namespace {

using namespace unitcost;

Scenario without_places(Scenario scenario) {
  scenario.file.clear();
  for (Claim& claim : scenario.claims) claim.line = 0;
  for (Figure& figure : scenario.figures) figure.line = 0;
  return scenario;
}

void check_round_trip(const Scenario& scenario) {
  const std::string text = boost::json::serialize(to_json(scenario));
  if (scenario_from_json(parse_json(text, "round trip")) != without_places(scenario)) std::abort();
}

void read_as_scenario(std::string_view bytes) {
  Scenario scenario;
  try {
    scenario = parse_scenario(bytes, "memory/fuzz", "fuzz.toml");
  } catch (const BadInput&) {
    return;
  }
  check_round_trip(scenario);  // outside of the try: a scenario that was accepted must be accepted again
  ExpandOptions options;
  options.cpus = 2;
  options.cliffs["memory/fuzz:bytes"] = {49152, 3145728};
  try {
    expand(scenario, options);
  } catch (const BadInput&) {  // too many cases
  }
}

void read_as_profile(std::string_view bytes) {
  try {
    parse_profile(bytes, "fuzz", "fuzz.toml");
  } catch (const BadInput&) {
  }
}

void read_as_json(std::string_view bytes) {
  try {
    check_round_trip(scenario_from_json(parse_json(bytes, "fuzz.json")));
  } catch (const BadInput&) {
  }
}

}  // namespace

// NOLINTNEXTLINE(readability-identifier-naming): the fuzzer looks for this name.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string text(data, data + size);
  read_as_scenario(text);
  read_as_profile(text);
  read_as_json(text);
  return 0;
}
