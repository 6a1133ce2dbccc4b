// Results for a terminal.
#include <algorithm>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "harness/export/escape.hpp"
#include "harness/export/results.hpp"

namespace unitcost {
namespace {

using Weight = ResultRow::Weight;
constexpr std::size_t kMostFactLetters = 60;

std::string shortened(std::string text) {
  if (characters(text) <= kMostFactLetters) return text;
  std::size_t end = kMostFactLetters;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) --end;
  return text.substr(0, end) + "…";
}

std::string joined(const std::vector<std::string>& values) {
  return shortened(printable(fmt::format("{}", fmt::join(values, " / "))));
}

std::string facts_text(const ResultTable& table) {
  if (table.facts.empty()) return "Recorded facts: no difference.\n";
  std::string text = "Facts that differ:\n";
  for (const FactDifference& fact : table.facts) {
    text += fmt::format("  {}  {}  {}  →  {}\n", padded(kind_text(fact.kind), 8), padded(printable(fact.name), 24),
                        joined(fact.a), joined(fact.b));
  }
  return text;
}

std::string coloured(const std::string& text, Weight weight, const Style& style) {
  if (!style.colour) return text;
  const int code = weight == Weight::kRegression    ? 31
                   : weight == Weight::kImprovement ? 32
                   : weight == Weight::kAccepted    ? 33
                   : weight == Weight::kFine        ? 0
                                                    : 2;
  return fmt::format("\x1b[{}m{}\x1b[0m", code, text);
}

std::vector<std::string> cells_of(const ResultRow& row, const ResultTable& table) {
  const auto value = [](const std::string& text) { return text.empty() ? std::string("–") : printable(text); };
  std::vector<std::string> cells{
      row.word, printable(name_of(row, table)), value(row.a), value(row.b), row.change, row.interval, row.sessions};
  if (table.names_margins) cells.insert(cells.end() - 1, margin_of(row));
  return cells;
}

std::string table_text(const ResultTable& table, const Style& style) {
  std::vector<std::vector<std::string>> cells{{"result", "case", "A", "B", "B/A", "95 % interval", "n"}};
  if (table.names_margins) cells.front().insert(cells.front().end() - 1, "margin");
  for (const ResultRow& row : table.rows) cells.push_back(cells_of(row, table));
  std::vector<std::size_t> widths(cells.front().size());
  for (const auto& row : cells) {
    for (std::size_t i = 0; i < row.size(); ++i) widths[i] = std::max(widths[i], characters(row[i]));
  }
  std::string text;
  std::string said;  // a reason that many rows share is said once
  for (std::size_t at = 0; at < cells.size(); ++at) {
    const Weight weight = at == 0 ? Weight::kFine : table.rows[at - 1].weight;
    std::string line = coloured(padded(cells[at][0], widths[0]), weight, style);
    for (std::size_t i = 1; i < widths.size(); ++i) line += "  " + padded(cells[at][i], widths[i]);
    line.erase(line.find_last_not_of(' ') + 1);
    text += line + "\n";
    if (at == 0) continue;
    const ResultRow& row = table.rows[at - 1];
    const std::string& reason = weight == Weight::kFine ? row.remark : row.reason;
    if (!reason.empty() && reason != said) text += std::string(widths[0] + 2, ' ') + printable(reason) + "\n";
    said = reason;
  }
  return text;
}

}  // namespace

std::string results_text(const Results& results, const Style& style) {
  std::string text;
  for (const ResultTable& table : results.tables) {
    text += fmt::format("A: {}   B: {}\n", printable(table.a), printable(table.b));
    text += facts_text(table);
    for (const std::string& warning : table.warnings) text += "Mind: " + printable(warning) + "\n";
    text += "\n" + table_text(table, style) + "\n";
  }
  for (const std::string& note : results.notes) text += "Note: " + printable(note) + "\n";
  return text + printable(results.headline) + "\n";
}

}  // namespace unitcost
