#include "harness/export/results.hpp"

#include <algorithm>
#include <set>

#include <fmt/format.h>

#include "harness/analyse/wording.hpp"

namespace unitcost {
namespace {

using Weight = ResultRow::Weight;

ResultRow row_of(const ComparedCase& compared) {
  ResultRow row;
  row.key = compared.key;
  row.counter = compared.counter;
  row.a = with_fitting_unit(compared.a.value, compared.unit);
  row.b = with_fitting_unit(compared.b.value, compared.unit);
  row.change = percent_text(compared.found.ratio);
  if (compared.found.has_interval()) row.interval = percent_interval_text(compared.found.low, compared.found.high);
  if (compared.margin_ratio != kUsualMarginRatio) row.margin = percent_text(1.0 + compared.margin_ratio);
  row.remark = compared.remark;
  row.sessions = fmt::format("{}:{}", compared.a.sessions, compared.b.sessions);
  row.reason = compared.reason;
  return row;
}

ResultRow plain_row(const ComparedCase& compared) {
  ResultRow row = row_of(compared);
  row.word = compared.change == Change::kEquivalent ? "no relevant change" : change_text(compared.change);
  if (compared.marked) row.word += " *";
  row.weight = compared.change == Change::kRegression    ? Weight::kRegression
               : compared.change == Change::kImprovement ? Weight::kImprovement
               : compared.change == Change::kEquivalent  ? Weight::kFine
                                                         : Weight::kInconclusive;
  return row;
}

ResultRow missing_row(const std::string& key, const std::string& reason) {
  ResultRow row;
  row.weight = Weight::kNotComparable;
  row.word = "not comparable";
  row.key = key;
  row.reason = reason;
  return row;
}

ResultRow gated_row(const GatedCase& found) {
  ResultRow row = found.row == nullptr ? missing_row(found.key, found.reason) : row_of(*found.row);
  row.word = gate_word_text(found.word);
  row.reason = found.reason;
  row.weight = found.word == GateWord::kRegression ? Weight::kRegression
               : found.word == GateWord::kAccepted ? Weight::kAccepted
               : found.word == GateWord::kOk       ? Weight::kFine
                                                   : Weight::kInconclusive;
  return row;
}

ResultTable table_of(const Comparison& comparison) {
  ResultTable table;
  table.a = comparison.a.name;
  table.b = comparison.b.name;
  table.facts = comparison.facts;
  table.warnings = comparison.warnings;
  table.claims = comparison.claims;
  return table;
}

void sort_rows(ResultTable& table) {
  std::set<std::string> keys;
  for (const ResultRow& row : table.rows) {
    table.names_counters |= !keys.insert(row.key).second;
    table.names_margins |= !row.margin.empty();
  }
  std::ranges::stable_sort(table.rows, {}, &ResultRow::weight);
}

std::string counts_text(const Comparison& comparison) {
  std::string text =
      fmt::format("{} against {}: {}, {}, {} without relevant change, {} inconclusive", comparison.b.name,
                  comparison.a.name, counted(comparison.count(Change::kRegression), "regression"),
                  counted(comparison.count(Change::kImprovement), "improvement"), comparison.count(Change::kEquivalent),
                  comparison.count(Change::kInconclusive));
  if (!comparison.not_comparable.empty()) text += fmt::format(", {} not comparable", comparison.not_comparable.size());
  return text;
}

}  // namespace

std::string margin_of(const ResultRow& row) {
  return row.margin.empty() && !row.change.empty() ? percent_text(1.0 + kUsualMarginRatio) : row.margin;
}

std::string name_of(const ResultRow& row, const ResultTable& table) {
  return table.names_counters && !row.counter.empty() ? fmt::format("{} {}", row.key, row.counter) : row.key;
}

Results results_of(const std::vector<Comparison>& comparisons) {
  Results results;
  for (const Comparison& comparison : comparisons) {
    results.headline += (results.headline.empty() ? "" : "; ") + counts_text(comparison);
    ResultTable table = table_of(comparison);
    for (const ComparedCase& compared : comparison.rows) table.rows.push_back(plain_row(compared));
    for (const NotComparable& other : comparison.not_comparable)
      table.rows.push_back(missing_row(other.key, other.reason));
    sort_rows(table);
    results.tables.push_back(std::move(table));
  }
  return results;
}

Results results_of(const Gate& gate) {
  Results results;
  results.is_gate = true;
  results.headline = gate.verdict();
  results.notes = gate.notes;
  for (const GateSide& side : gate.against) {
    ResultTable table = table_of(side.comparison);
    for (const GatedCase& found : side.cases) table.rows.push_back(gated_row(found));
    sort_rows(table);
    results.tables.push_back(std::move(table));
  }
  return results;
}

}  // namespace unitcost
