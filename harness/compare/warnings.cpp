#include "harness/compare/warnings.hpp"

#include <algorithm>
#include <set>

#include <fmt/format.h>

#include "harness/compare/number_ranges.hpp"
#include "harness/stats/order_statistics.hpp"

namespace unitcost {
namespace {

constexpr std::size_t kMostNames = 3;

bool is_run(const Session& session) { return session.source == Session::Source::kRun; }

std::string names_text(const std::vector<std::string>& names) {
  const std::vector<std::string> first(names.begin(),
                                       names.begin() + static_cast<std::ptrdiff_t>(std::min(names.size(), kMostNames)));
  std::string text = fmt::format("{}", fmt::join(first, ", "));
  if (names.size() > kMostNames) text += fmt::format(" and {} more", names.size() - kMostNames);
  return text;
}

/// What sessions say alike, but for its numbers.
struct SharedWarning {
  std::string without_numbers;
  std::vector<std::string> texts;  // each once
  std::vector<std::string> names;  // of the sessions
};

void add_warning(std::vector<SharedWarning>& shared, const std::string& text, const std::string& name) {
  const std::string kind = without_numbers(text);
  auto found = std::ranges::find(shared, kind, &SharedWarning::without_numbers);
  if (found == shared.end()) found = shared.insert(found, SharedWarning{kind, {}, {}});
  if (std::ranges::find(found->texts, text) == found->texts.end()) found->texts.push_back(text);
  if (std::ranges::find(found->names, name) == found->names.end()) found->names.push_back(name);
}

/// Each warning of a session once, with the sessions that have it.
void add_session_warnings(const Side& a, const Side& b, std::vector<std::string>& warnings) {
  std::vector<SharedWarning> shared;
  std::vector<std::string> emulated;
  for (const Side* side : {&a, &b}) {
    for (const Session& session : side->sessions) {
      for (const std::string& warning : session.warnings) add_warning(shared, warning, session.name);
      if (session.emulated) emulated.push_back(session.name);
    }
  }
  for (const std::string& name : emulated) {
    add_warning(shared, "emulated: instructions are interpreted or the clock is unknown, so times mean nothing", name);
  }
  for (const SharedWarning& one : shared)
    warnings.push_back(fmt::format("{}: {}", names_text(one.names), with_ranges(one.texts)));
}

void warn_of_few_sessions(const Side& a, const Side& b, std::vector<std::string>& warnings) {
  const bool is_a_single = a.sessions.size() < 2;
  const bool is_b_single = b.sessions.size() < 2;
  if (!is_a_single && !is_b_single) return;
  const std::string who = is_a_single && is_b_single ? fmt::format("{} and {} are one session each", a.name, b.name)
                                                     : fmt::format("{} is one session", is_a_single ? a.name : b.name);
  warnings.push_back(
      who +
      ": what differs between two sessions of the same program cannot be told from a change, so ratios are shown "
      "without an interval and could not be gated");
}

template <class Value>
std::set<std::string> values_of(const Side& side, Value value) {
  std::set<std::string> values;
  for (const Session& session : side.sessions) {
    if (is_run(session)) values.insert(value(session));
  }
  return values;
}

void warn_of_machines(const Side& a, const Side& b, std::vector<std::string>& warnings) {
  const auto machine = [](const Session& session) { return session.machine_id; };
  const std::set<std::string> of_a = values_of(a, machine);
  const std::set<std::string> of_b = values_of(b, machine);
  const bool share_one = std::ranges::any_of(of_a, [&](const std::string& id) { return of_b.contains(id); });
  if (of_a.empty() || of_b.empty() || share_one) return;
  warnings.push_back(
      fmt::format("{} and {} have no machine id in common: another machine, or another machine key. Two machines of "
                  "one model also differ",
                  a.name, b.name));
}

void warn_of_profiles(const Side& a, const Side& b, std::vector<std::string>& warnings) {
  const auto profile = [](const Session& session) { return session.profile; };
  std::set<std::string> profiles = values_of(a, profile);
  profiles.merge(values_of(b, profile));
  if (profiles.size() > 1)
    warnings.push_back(fmt::format("the runs have different profiles: {}", fmt::join(profiles, ", ")));
}

void warn_of_order(const Side& a, const Side& b, std::vector<std::string>& warnings) {
  if (a.sessions.size() < 2 || b.sessions.size() < 2) return;
  const auto starts = [](const Side& side) {
    return values_of(side, [](const Session& session) { return session.started_utc; });
  };
  const std::set<std::string> of_a = starts(a);
  const std::set<std::string> of_b = starts(b);
  if (of_a.empty() || of_b.empty() || (*of_a.rbegin() >= *of_b.begin() && *of_b.rbegin() >= *of_a.begin())) return;
  const bool is_a_first = *of_a.rbegin() < *of_b.begin();
  warnings.push_back(
      fmt::format("all sessions of {} were made before those of {}: what drifts on a machine over time looks like a "
                  "change. Measure in turns, or with a duel",
                  is_a_first ? a.name : b.name, is_a_first ? b.name : a.name));
}

}  // namespace

std::vector<std::string> warnings_of(const Side& a, const Side& b) {
  std::vector<std::string> warnings;
  warn_of_few_sessions(a, b, warnings);
  warn_of_machines(a, b, warnings);
  warn_of_profiles(a, b, warnings);
  warn_of_order(a, b, warnings);
  add_session_warnings(a, b, warnings);
  return warnings;
}

double session_seconds(const Side& a, const Side& b) {
  std::vector<double> seconds;
  for (const Side* side : {&a, &b}) {
    for (const Session& session : side->sessions) {
      if (session.wall_s > 0.0) seconds.push_back(session.wall_s);
    }
  }
  return seconds.empty() ? 0.0 : median(seconds);
}

}  // namespace unitcost
