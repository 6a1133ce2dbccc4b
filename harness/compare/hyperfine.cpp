// JSON of hyperfine (--export-json). Each time is a fresh process; the case is the command line.
#include <algorithm>

#include <fmt/format.h>

#include "harness/base/error.hpp"
#include "harness/compare/foreign.hpp"
#include "harness/stats/order_statistics.hpp"

namespace unitcost {
namespace {

constexpr double kNsPerSecond = 1e9;

/// How many invocations did not end with status 0; a command that fails is often fast.
std::size_t failures_in(const JsonIn& result) {
  const auto codes = result.find("exit_codes");
  if (!codes) return 0;
  const std::vector<JsonIn> items = codes->items();
  return static_cast<std::size_t>(
      std::ranges::count_if(items, [](const JsonIn& code) { return code.is_null() || code.integer() != 0; }));
}

SessionCase case_of(const JsonIn& result, const std::vector<std::string>& counters) {
  SessionCase into;
  if (const std::size_t failures = failures_in(result); failures > 0) {
    into.problem = fmt::format("{} of its invocations failed", failures);
    return into;
  }
  std::vector<double> times;
  if (const auto list = result.find("times")) {
    for (const JsonIn& time : list->items()) times.push_back(kNsPerSecond * finite_number(time, into));
  }
  const bool has_times = !times.empty();
  if (!has_times) times.push_back(kNsPerSecond * finite_number(result.at("median"), into));
  if (into.problem.empty() && !is_wanted(counters, "real_ns")) into.problem = "has no counter but real_ns";
  if (into.problem.empty())
    into.values.push_back({"real_ns", median(times), static_cast<int>(times.size()), spread_of(times)});
  return into;
}

}  // namespace

void read_hyperfine(const JsonIn& root, const std::vector<std::string>& counters, Session& session) {
  session.source = Session::Source::kHyperfine;
  if (!counters.empty()) session.counters = {"real_ns"};
  for (const JsonIn& result : root.at("results").items()) {
    const std::string command = result.at("command").text();
    const bool is_new = !session.cases.contains(command);
    session.cases[command] = is_new ? case_of(result, counters) : SessionCase{{}, kTwice, {}};
  }
  session.warnings.emplace_back(
      "one session: its processes ran one after another, so what changes a machine from hour to hour is not in their "
      "spread");
  session.warnings.emplace_back(
      "hyperfine records nothing about the machine, so nothing says that the sides come from the same one");
}

}  // namespace unitcost
