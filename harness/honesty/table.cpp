#include "harness/honesty/table.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace unitcost {
namespace {

const char* reached_text(Reached reached) {
  switch (reached) {
    case Reached::kYes:
      return "reached";
    case Reached::kNo:
      return "missed";
    case Reached::kNotYet:
      return "not all measured";
    case Reached::kNothingToSay:
      return "–";
  }
  return "";
}

std::string findings_text(const Honesty& honesty) {
  std::string text = "| number | asked | measured | |\n|---|---|---|---|\n";
  for (const NumberReached& each : honesty.findings)
    text += fmt::format("| {} | {} | {} | {} |\n", each.what, each.asked, each.measured.empty() ? "–" : each.measured,
                        reached_text(each.reached));
  return text;
}

std::string notable_text(const Honesty& honesty, const std::map<std::string, std::string>& reasons) {
  std::string rows;
  for (const CaseSpread& spread : honesty.spreads) {
    if (!(spread.sd > kNotableSd)) continue;
    const auto reason = reasons.find(spread.key);
    rows += fmt::format("| `{}` | {:.1f} % | {} |\n", spread.key, 100.0 * spread.sd,
                        reason == reasons.end() ? "**no reason is written down yet**" : reason->second);
  }
  if (rows.empty()) return "";
  return fmt::format(
      "\nCases whose pairs scatter by more than {:g} %:\n\n| case | pair spread | reason |\n|---|---|---|\n{}",
      100.0 * kNotableSd, rows);
}

std::string rules_text(const Honesty& honesty) {
  if (honesty.rules.empty()) return "";
  std::string text =
      "\nThe same pairs by other rules (share of the verdicts that say that B differs; where nothing is planted all of "
      "them are false):\n\n| planted | verdicts |";
  std::string line = "|---|---|";
  for (const char* rule : kRuleTexts) {
    text += fmt::format(" {} |", rule);
    line += "---|";
  }
  text += "\n" + line + "\n";
  for (const RuleCount& count : honesty.rules) {
    text += fmt::format("| {} | {} |", count.group, count.verdicts);
    for (const int told : count.told) text += fmt::format(" {:.1f} % |", 100.0 * told / count.verdicts);
    text += "\n";
  }
  return text;
}

}  // namespace

std::string honesty_table(const Honesty& honesty, const std::map<std::string, std::string>& reasons) {
  const std::string line = honesty.line.empty() ? "" : "\n" + honesty.line + "\n";
  return findings_text(honesty) + notable_text(honesty, reasons) + rules_text(honesty) + line;
}

}  // namespace unitcost
