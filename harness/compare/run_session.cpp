#include "harness/compare/run_session.hpp"

#include <algorithm>
#include <cmath>
#include <optional>
#include <string_view>
#include <unordered_map>
#include <utility>

#include <fmt/format.h>

#include "harness/analyse/claims.hpp"
#include "harness/analyse/curves.hpp"
#include "harness/analyse/machine_facts.hpp"
#include "harness/analyse/wording.hpp"
#include "harness/stats/order_statistics.hpp"

namespace unitcost {
namespace {

/// Case -> the counters that figures draw for it, in their order. Views into the run.
using DrawnCounters = std::unordered_map<std::string_view, std::vector<std::string_view>>;

DrawnCounters drawn_counters(const RunRecord& run) {
  std::map<std::pair<std::string_view, std::string_view>, std::vector<std::string_view>> keys;
  for (const LabelledCase& label : run.plan.labels) keys[{label.scenario, label.label}].emplace_back(label.key);
  DrawnCounters drawn;
  for (const Scenario& scenario : run.scenarios) {
    for (const Figure& figure : scenario.figures) {
      for (const std::string& label : figure.cases.empty() ? scenario.case_order : figure.cases) {
        for (const std::string_view key : keys[{scenario.id, label}]) drawn[key].emplace_back(figure.y);
      }
    }
  }
  return drawn;
}

std::string leading_counter(const std::vector<std::string>& there, const std::vector<std::string_view>& drawn) {
  const auto has = [&](std::string_view counter) { return std::ranges::find(there, counter) != there.end(); };
  for (const std::string_view counter : drawn) {
    if (has(counter)) return std::string(counter);
  }
  if (has("syscalls")) return "syscalls";
  for (const std::string& counter : there) {
    if (counter != "real_ns" && seconds_per(unit_of_counter(counter))) return counter;
  }
  for (const std::string& counter : there) {
    if (counter != "real_ns" && lower_is_better(counter)) return counter;
  }
  if (has("real_ns")) return "real_ns";
  return there.empty() ? "" : there.front();
}

SessionValue value_of(const CaseEvidence& evidence, const std::string& counter) {
  std::vector<double> blocks = evidence.values(counter);
  std::erase_if(blocks, [](double block) { return std::isnan(block); });
  return {counter, median_of_few(blocks), static_cast<int>(blocks.size()), spread_of(blocks)};
}

SessionCase case_of(const CaseEvidence& evidence, const std::vector<std::string_view>& drawn,
                    const std::vector<std::string>& wanted) {
  SessionCase found;
  found.failure = evidence.failure;
  const std::vector<std::string> there = evidence.counters();
  if (there.empty()) {
    found.problem = !evidence.unmeasurable.empty() ? "not measurable: " + evidence.unmeasurable
                    : !evidence.failure.empty()    ? "failed: " + evidence.failure
                                                   : "no block was measured";
    return found;
  }
  if (wanted.empty()) {
    found.values.push_back(value_of(evidence, leading_counter(there, drawn)));
    return found;
  }
  for (auto counter = wanted.begin(); counter != wanted.end(); ++counter) {
    if (std::find(wanted.begin(), counter, *counter) != counter) continue;  // asked for twice
    if (std::ranges::find(there, *counter) != there.end()) found.values.push_back(value_of(evidence, *counter));
  }
  if (found.values.empty()) found.problem = fmt::format("has no counter {}", fmt::join(wanted, " or "));
  return found;
}

std::vector<std::string> warnings_of(const LoadedRun& run) {
  std::vector<std::string> warnings = run.record.warnings;
  if (run.record.status != "complete")
    warnings.push_back(fmt::format("the run is {}: its later rounds are missing",
                                   run.record.status == "running" ? "not finished" : run.record.status));
  if (run.torn_tail) warnings.emplace_back("the last line of its blocks was cut off and is left out");
  if (run.record.plan.preview) warnings.emplace_back("a preview: few rounds, fewest cases");
  const auto sanitizers = run.record.build.find("sanitizers");
  if (sanitizers != run.record.build.end() && sanitizers->second.value.is_string() &&
      !sanitizers->second.value.get_string().empty())
    warnings.emplace_back("built with sanitizers: these are not the costs of the measured build");
  return warnings;
}

std::vector<SessionClaim> claims_of(const Evidence& evidence) {
  Curves curves(evidence);
  std::vector<SessionClaim> claims;
  for (const JudgedClaim& judged : judge_claims(evidence, curves)) {
    const Claim& claim = *judged.claim;
    claims.push_back({claim.variant.empty() ? claim.id : fmt::format("{} ({})", claim.id, claim.variant),
                      judged.scenario, verdict_text(judged.verdict), judged.reason});
  }
  return claims;
}

}  // namespace

Session session_of(const LoadedRun& run, const std::vector<std::string>& counters, Claims claims) {
  return session_of(run, Evidence(run.record, run.blocks), counters, claims);
}

Session read_session(const std::filesystem::path& folder, RunLoader& loader, const std::vector<std::string>& counters,
                     Claims claims) {
  LoadedRun run = loader.open(folder);
  const Evidence evidence(run.record, [&](const BlockTaker& take) { loader.read_blocks(run, Keep::kEvidence, take); });
  Session session = session_of(run, evidence, counters, claims);
  loader.take_back(std::move(run));
  return session;
}

Session session_of(const LoadedRun& run, const Evidence& evidence, const std::vector<std::string>& counters,
                   Claims claims) {
  Session session;
  session.source = Session::Source::kRun;
  session.name = run.folder.filename().string();
  session.id = run.id;
  session.machine_id = run.record.machine_id;
  session.label = run.record.label;
  session.started_utc = run.record.started_utc;
  session.profile = run.record.plan.profile;
  session.wall_s = run.record.wall_s;
  session.emulated = is_emulated(run.record);
  session.facts = run.record.machine;
  session.facts.insert(run.record.build.begin(), run.record.build.end());
  session.warnings = warnings_of(run);
  const DrawnCounters drawn = drawn_counters(run.record);
  const std::vector<std::string_view> none;
  for (const auto& [key, of_case] : evidence.cases()) {
    const auto found = drawn.find(key);
    session.cases.emplace_hint(session.cases.end(), key,
                               case_of(of_case, found == drawn.end() ? none : found->second, counters));
    if (counters.empty()) continue;
    for (const std::string& counter : of_case.counters()) session.counters.insert(counter);
  }
  if (claims == Claims::kJudge) session.claims = claims_of(evidence);
  return session;
}

}  // namespace unitcost
