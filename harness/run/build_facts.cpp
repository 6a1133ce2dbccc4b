#include "harness/run/build_facts.hpp"

#include <fmt/format.h>

#include "harness/machine/facts.hpp"
#include "unitcost_build_info.hpp"

namespace unitcost {

Facts build_facts() {
  const auto text = [](const char* value) { return Fact{Fact::Kind::kSetUp, boost::json::value(value), ""}; };
  Facts facts;
  facts["version"] = text(UNITCOST_VERSION);
  facts["commit"] = text(UNITCOST_COMMIT);
  facts["dirty"] = {Fact::Kind::kSetUp, UNITCOST_COMMIT_DIRTY, ""};
  facts["compiler"] = text(UNITCOST_COMPILER);
  facts["flags"] = text(UNITCOST_FLAGS);
  facts["sanitizers"] = text(UNITCOST_SANITIZERS);
  facts["benchmark"] = text(UNITCOST_BENCHMARK_VERSION);
  facts["boost"] = text(UNITCOST_BOOST_VERSION);
  return facts;
}

std::string build_difference(const Facts& before, const Facts& now) {
  std::string difference;
  for (const auto& [name, fact] : now) {
    const auto old = before.find(name);
    const std::string was = old == before.end() ? "unknown" : fact_text(old->second);
    if (was == fact_text(fact)) continue;
    difference += fmt::format("{}{} {} (was {})", difference.empty() ? "" : ", ", name, fact_text(fact), was);
  }
  return difference;
}

}  // namespace unitcost
