#include "harness/compare/verdict.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "harness/analyse/wording.hpp"

namespace unitcost {
namespace {

std::string duration_text(double seconds) {
  if (seconds >= 5400.0) return fmt::format("{:.1f} h", seconds / 3600.0);
  return seconds >= 90.0 ? fmt::format("{:.0f} min", seconds / 60.0) : fmt::format("{:.0f} s", seconds);
}

bool is_factor(double ratio) { return ratio > 2.0 || ratio < 0.5; }

std::string factor_text(double ratio) { return three_digits(ratio) + " ×"; }

const char* word_for(const ComparedCase& row, bool is_worse) {
  if (seconds_per(row.unit)) return is_worse ? "slower" : "faster";
  const bool grew = is_worse == row.lower_is_better.value_or(true);
  return grew ? "more" : "less";
}

std::string few_sessions_reason(const ComparedCase& row) {
  return fmt::format(
      "{} against {} session{}: how much sessions differ by themselves is not known, so nothing is concluded",
      row.a.sessions, row.b.sessions, row.b.sessions == 1 ? "" : "s");
}

std::string inconclusive_reason(const ComparedCase& row, double session_s) {
  std::string text =
      fmt::format("{} reaches over the margin of {}", percent_interval_text(row.found.low, row.found.high),
                  percent_text(1.0 + row.margin_ratio));
  if (!row.lower_is_better) text += fmt::format("; whether more {} is better is not known", row.counter);
  text += fmt::format("; a change to the worse by {} would have been seen", percent_text(row.smallest_visible_ratio));
  if (row.sessions_needed > row.a.sessions || row.sessions_needed > row.b.sessions) {
    const int more =
        std::max(0, row.sessions_needed - row.a.sessions) + std::max(0, row.sessions_needed - row.b.sessions);
    text += fmt::format("; about {} sessions a side would tell", row.sessions_needed);
    if (session_s > 0.0) text += fmt::format(" ({} more)", duration_text(session_s * more));
  }
  return text;
}

std::string decided_reason(const ComparedCase& row) {
  const std::string interval = percent_interval_text(row.found.low, row.found.high);
  const std::string margin = percent_text(1.0 + row.margin_ratio);
  if (row.change == Change::kEquivalent)
    return fmt::format("no relevant change: {} lies within the margin of {}", interval, margin);
  return fmt::format("{}: {} {} lies beyond the margin of {}", word_for(row, row.change == Change::kRegression),
                     percent_text(row.found.ratio), interval, margin);
}

Change change_of(const ComparedCase& row) {
  const double margin = 1.0 + row.margin_ratio;
  const double low = row.found.low;
  const double high = row.found.high;
  if (low >= 1.0 / margin && high <= margin) return Change::kEquivalent;
  if (!row.lower_is_better) return Change::kInconclusive;
  if (low > margin) return *row.lower_is_better ? Change::kRegression : Change::kImprovement;
  if (high < 1.0 / margin) return *row.lower_is_better ? Change::kImprovement : Change::kRegression;
  return Change::kInconclusive;
}

}  // namespace

std::string change_text(Change change) {
  switch (change) {
    case Change::kRegression:
      return "regression";
    case Change::kImprovement:
      return "improvement";
    case Change::kEquivalent:
      return "equivalent";
    case Change::kInconclusive:
      return "inconclusive";
  }
  return "";
}

double worsening(const ComparedCase& row, double ratio) {
  return row.lower_is_better.value_or(true) ? ratio : 1.0 / ratio;
}

std::string percent_text(double ratio) {
  if (std::isnan(ratio)) return "–";
  if (is_factor(ratio)) return factor_text(ratio);
  const double percent = 100.0 * (ratio - 1.0);
  const std::string digits =
      std::abs(percent) < 0.005 ? "0" : fmt::format("{:.{}f}", std::abs(percent), std::abs(percent) < 9.95 ? 2 : 1);
  return fmt::format("{}{} %", digits == "0" ? "" : percent < 0.0 ? "−" : "+", digits);
}

std::string percent_interval_text(double low, double high) {
  if (is_factor(low) || is_factor(high)) return fmt::format("[{}, {}]", factor_text(low), factor_text(high));
  return fmt::format("[{}, {}]", percent_text(low), percent_text(high));
}

void judge(ComparedCase& row, double session_s) {
  if (!row.found.has_interval()) {
    row.change = Change::kInconclusive;
    row.reason = few_sessions_reason(row);
    return;
  }
  row.smallest_visible_ratio = smallest_visible_ratio(row.found, row.margin_ratio);
  row.change = change_of(row);
  if (row.change != Change::kInconclusive) {
    row.reason = decided_reason(row);
    return;
  }
  row.sessions_needed = sessions_needed(row.found, row.margin_ratio);
  row.reason = inconclusive_reason(row, session_s);
}

}  // namespace unitcost
