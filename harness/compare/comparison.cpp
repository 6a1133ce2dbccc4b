#include "harness/compare/comparison.hpp"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <map>
#include <set>

#include <fmt/format.h>

#include "harness/analyse/wording.hpp"
#include "harness/base/error.hpp"
#include "harness/base/prefixes.hpp"
#include "harness/compare/verdict.hpp"
#include "harness/compare/warnings.hpp"
#include "harness/stats/multiple.hpp"

namespace unitcost {
namespace {

constexpr double kMarkLevel = 0.05;

/// What one side has of one case.
struct Gathered {
  std::map<std::string, std::vector<const SessionValue*>> by_counter;
  std::string problem;  // of the last session that had one
  std::string failure;  // the same
  int failed_sessions = 0;
  bool was_asked_for = false;  // its counters, by name
};
using Cases = std::map<std::string, Gathered>;

Cases gather(const Side& side, const std::vector<std::string>& only) {
  Cases cases;
  for (const Session& session : side.sessions) {
    auto hint = cases.begin();  // both maps are sorted: walking along costs less than searching
    for (const auto& [key, of_session] : session.cases) {
      if (!is_asked_for(key, only)) continue;
      hint = cases.try_emplace(hint, key);
      for (const SessionValue& value : of_session.values) hint->second.by_counter[value.counter].push_back(&value);
      hint->second.was_asked_for |= !session.counters.empty();
      if (!of_session.problem.empty()) hint->second.problem = of_session.problem;
      if (of_session.failure.empty()) continue;
      hint->second.failure = of_session.failure;
      ++hint->second.failed_sessions;
    }
  }
  return cases;
}

SideValue summary_of(const std::vector<const SessionValue*>& values) {
  SideValue side;
  double logarithms = 0.0;
  for (const SessionValue* value : values) {
    ++side.sessions;
    side.processes += value->processes;
    logarithms += std::log(value->value);
    if (!(side.spread_ratio >= value->spread_ratio) && !std::isnan(value->spread_ratio))
      side.spread_ratio = value->spread_ratio;
  }
  const bool is_one_number =
      std::ranges::all_of(values, [&](const SessionValue* value) { return value->value == values.front()->value; });
  side.value = is_one_number ? values.front()->value : std::exp(logarithms / side.sessions);
  return side;
}

std::vector<double> numbers_of(const std::vector<const SessionValue*>& values) {
  std::vector<double> numbers;
  for (const SessionValue* value : values) numbers.push_back(value->value);
  return numbers;
}

/// Why two sides of numbers have no ratio; empty when they have one. Equal constants have one whatever they are.
std::string why_no_ratio(const std::vector<double>& a, const std::vector<double>& b) {
  const auto is_first = [&](double value) { return value == a.front(); };
  if (std::ranges::all_of(a, is_first) && std::ranges::all_of(b, is_first)) return "";
  for (const std::vector<double>* side : {&a, &b}) {
    for (const double value : *side) {
      if (!std::isfinite(value)) return "a value is not a finite number";
      if (value <= 0.0) return fmt::format("a value is {}, and a ratio to or of it says nothing", three_digits(value));
    }
  }
  return "";
}

/// Whether a count that is 0 throughout on one side and never on the other changed for the worse. Where it did, the other side must be one
/// number, as it must where two constants have a ratio.
std::optional<bool> zero_got_worse(const std::vector<double>& a, const std::vector<double>& b,
                                   std::optional<bool> lower_is_better) {
  if (!lower_is_better || std::min(a.size(), b.size()) < kLeastGateSessions) return std::nullopt;
  const auto is_zero = [](const std::vector<double>& side) {
    return std::ranges::all_of(side, [](double value) { return value == 0.0; });
  };
  const auto is_more = [](const std::vector<double>& side) {
    return std::ranges::all_of(side, [](double value) { return std::isfinite(value) && value > 0.0; });
  };
  const bool rises = is_zero(a) && is_more(b);
  if (!rises && !(is_zero(b) && is_more(a))) return std::nullopt;
  const std::vector<double>& other = rises ? b : a;
  const bool is_one_number = std::ranges::all_of(other, [&](double value) { return value == other.front(); });
  const bool is_worse = rises == *lower_is_better;
  return is_worse && !is_one_number ? std::nullopt : std::optional<bool>(is_worse);
}

/// "0", or "7 to 9": counts, and so all digits.
std::string range_text(const std::vector<double>& values) {
  const auto [least, most] = std::ranges::minmax(values);
  return least == most ? fmt::format("{:.12g}", least) : fmt::format("{:.12g} to {:.12g}", least, most);
}

std::optional<bool> direction_of(const std::string& counter) {
  return counter == "value_bytes" ? std::optional<bool>(true) : lower_is_better(counter);
}

/// Its blocks fail now, and did not before.
bool fails_only_in_b(const Gathered& a, const Gathered& b) { return b.failed_sessions > 0 && a.failed_sessions == 0; }

void compare_counter(const std::string& key, const std::string& counter, const Gathered& a, const Gathered& b,
                     const Margins& margins, Comparison& into) {
  const std::vector<double> of_a = numbers_of(a.by_counter.at(counter));
  const std::vector<double> of_b = numbers_of(b.by_counter.at(counter));
  if (const std::string problem = why_no_ratio(of_a, of_b); !problem.empty()) {
    const auto got_worse = zero_got_worse(of_a, of_b, direction_of(counter));
    const std::string text =
        got_worse ? fmt::format("from {} to {} in every session", range_text(of_a), range_text(of_b)) : problem;
    into.not_comparable.push_back(
        {key, fmt::format("{}: {}", counter, text), true, fails_only_in_b(a, b), true, got_worse});
    return;
  }
  ComparedCase row;
  row.key = key;
  row.counter = counter;
  row.unit = unit_of_counter(counter);
  row.lower_is_better = direction_of(counter);
  row.a = summary_of(a.by_counter.at(counter));
  row.b = summary_of(b.by_counter.at(counter));
  row.a.failed_sessions = a.failed_sessions;
  row.b.failed_sessions = b.failed_sessions;
  row.found = session_ratio(of_a, of_b);
  row.margin_ratio = margins.of(key);
  into.rows.push_back(std::move(row));
}

/// A counter that was asked for and that only one side has must not vanish beside another that both have.
void miss_counters(const std::string& key, const Gathered& there, const Gathered& other, const std::string& other_name,
                   bool in_a, Comparison& into) {
  for (const auto& [counter, values] : there.by_counter) {
    if (there.was_asked_for && !other.by_counter.contains(counter))
      into.not_comparable.push_back({key, fmt::format("{}: has no counter {}", other_name, counter), in_a,
                                     in_a && fails_only_in_b(there, other)});
  }
}

std::string counters_text(const Gathered& side) {
  std::vector<std::string> names;
  for (const auto& [counter, values] : side.by_counter) names.push_back(counter);
  return fmt::format("{}", fmt::join(names, " and "));
}

void compare_case(const std::string& key, const Gathered& a, const Gathered& b, const Margins& margins,
                  Comparison& into) {
  const auto said = [](const Gathered& side) {
    return side.problem.empty() ? std::string("has no such case") : side.problem;
  };
  if (a.by_counter.empty() && b.by_counter.empty()) {
    into.not_comparable.push_back(
        {key, fmt::format("{}: {}; {}: {}", into.a.name, said(a), into.b.name, said(b)), false, fails_only_in_b(a, b)});
  } else if (a.by_counter.empty()) {
    const bool fails = fails_only_in_b(a, b);
    std::string reason = fmt::format("{}: {}", into.a.name, said(a));
    if (fails) reason += fmt::format("; {}: failed: {}", into.b.name, b.failure);
    into.not_comparable.push_back({key, reason, false, fails, true});
  } else if (b.by_counter.empty()) {
    into.not_comparable.push_back({key, fmt::format("{}: {}", into.b.name, said(b)), true, b.failed_sessions > 0});
  } else {
    bool shares_a_counter = false;
    for (const auto& [counter, values] : a.by_counter) {
      if (!b.by_counter.contains(counter)) continue;
      shares_a_counter = true;
      compare_counter(key, counter, a, b, margins, into);
    }
    if (shares_a_counter) {
      miss_counters(key, a, b, into.b.name, true, into);
      miss_counters(key, b, a, into.a.name, false, into);
    } else {
      into.not_comparable.push_back({key,
                                     fmt::format("measured as {} in {} and as {} in {}", counters_text(a), into.a.name,
                                                 counters_text(b), into.b.name),
                                     true, fails_only_in_b(a, b), true});
    }
  }
}

void mark(std::vector<ComparedCase>& rows) {
  std::vector<double> p;
  for (const ComparedCase& row : rows) p.push_back(row.found.p);
  const std::vector<double> adjusted = benjamini_hochberg_adjusted(p);
  for (std::size_t at = 0; at < rows.size(); ++at) {
    rows[at].q = adjusted[at];
    rows[at].marked = adjusted[at] <= kMarkLevel;
  }
}

std::string example_of(const Cases& cases) { return cases.empty() ? "none" : cases.begin()->first; }

/// A value that comes from what did not crash is not the whole answer.
void add_remark(ComparedCase& row, const Cases& cases, const Side& side, int sessions) {
  const Gathered& gathered = cases.at(row.key);
  const std::size_t all = side.sessions.size();
  const auto add = [&row](const std::string& text) { row.remark += (row.remark.empty() ? "" : "; ") + text; };
  if (gathered.failed_sessions > 0) {
    add(fmt::format("blocks of it failed in {} of {} sessions of {}: {}", gathered.failed_sessions, all, side.name,
                    gathered.failure));
  }
  const auto missing = all - static_cast<std::size_t>(sessions);
  if (missing == 0 || (!gathered.failure.empty() && gathered.problem == "failed: " + gathered.failure)) return;
  add(fmt::format(
      "{} of {} sessions of {} {} no value: {}", missing, all, side.name, missing == 1 ? "has" : "have",
      gathered.problem.empty() ? fmt::format("no such case, or none with {}", row.counter) : gathered.problem));
}

Side without_cases(Side side) {
  for (Session& session : side.sessions) {
    session.cases.clear();
    session.claims.clear();
  }
  return side;
}

}  // namespace

int Comparison::count(Change change) const {
  return static_cast<int>(std::ranges::count(rows, change, &ComparedCase::change));
}

Comparison compare(Side a, Side b, const Margins& margins, const std::vector<std::string>& only) {
  Comparison result;
  result.a.name = a.name;
  result.b.name = b.name;
  const Cases of_a = gather(a, only);
  const Cases of_b = gather(b, only);
  const Gathered nothing;
  std::set<std::string> keys;
  for (const Cases* cases : {&of_a, &of_b}) {
    for (const auto& [key, gathered] : *cases) keys.insert(keys.end(), key);
  }
  for (const std::string& key : keys) {
    const auto in_a = of_a.find(key);
    const auto in_b = of_b.find(key);
    compare_case(key, in_a == of_a.end() ? nothing : in_a->second, in_b == of_b.end() ? nothing : in_b->second, margins,
                 result);
  }
  const bool shares_a_case =
      std::ranges::any_of(keys, [&](const std::string& key) { return of_a.contains(key) && of_b.contains(key); });
  if (keys.empty() && !only.empty())
    throw BadInput(fmt::format("--only {}: no case of {} or {} begins so", fmt::join(only, " "), a.name, b.name));
  if (!shares_a_case) {
    throw BadInput(fmt::format("{} and {} have no case in common: {} has {} cases ({}), {} has {} ({})", a.name, b.name,
                               a.name, of_a.size(), example_of(of_a), b.name, of_b.size(), example_of(of_b)));
  }
  mark(result.rows);
  result.facts = differing_facts(a, b);
  result.warnings = warnings_of(a, b);
  result.claims = compared_claims(a, b, only);
  const double session_s = session_seconds(a, b);
  for (ComparedCase& row : result.rows) {
    judge(row, session_s);
    add_remark(row, of_a, a, row.a.sessions);
    add_remark(row, of_b, b, row.b.sessions);
    if (!row.remark.empty()) row.reason += "; " + row.remark;
  }
  result.a = without_cases(std::move(a));
  result.b = without_cases(std::move(b));
  return result;
}

}  // namespace unitcost
