// Results as Markdown for a comment or a step summary. Rows are dropped from the end, where nothing needs attention.
#include <algorithm>

#include <fmt/format.h>

#include "harness/export/escape.hpp"
#include "harness/export/limited_text.hpp"
#include "harness/export/results.hpp"

namespace unitcost {
namespace {

constexpr std::size_t kReserve = 200;
constexpr std::size_t kMostFactCharacters = 200;
constexpr std::size_t kMostReasonCharacters = 600;

/// At most `most` characters of a text, before it is escaped.
std::string cut(const std::string& text, std::size_t most) {
  if (characters(text) <= most) return text;
  std::size_t end = 0;
  for (std::size_t count = 0; end < text.size(); ++end) {
    const bool is_start = (static_cast<unsigned char>(text[end]) & 0xC0U) != 0x80U;
    if (is_start && ++count > most) break;
  }
  return text.substr(0, end) + "…";
}

std::string cell(const std::vector<std::string>& values) {
  return markdown_escaped(cut(fmt::format("{}", fmt::join(values, " / ")), kMostFactCharacters));
}

void add_facts(const ResultTable& table, LimitedText& text) {
  if (table.facts.empty()) {
    text.add("Recorded facts: no difference.\n\n");
    return;
  }
  if (!text.add(fmt::format("| fact | kind | {} | {} |\n|---|---|---|---|\n", markdown_escaped(table.a),
                            markdown_escaped(table.b))))
    return;
  for (const FactDifference& fact : table.facts) {
    text.add(fmt::format("| {} | {} | {} | {} |\n", markdown_code(fact.name), kind_text(fact.kind), cell(fact.a),
                         cell(fact.b)));
  }
  text.add("\n");
}

std::string row_text(const ResultRow& row, const ResultTable& table) {
  const bool is_fine = row.weight == ResultRow::Weight::kFine;
  const std::string reason = markdown_escaped(cut(is_fine ? row.remark : row.reason, kMostReasonCharacters));
  const auto or_dash = [](const std::string& text) { return text.empty() ? std::string("–") : markdown_escaped(text); };
  const std::string margin = table.names_margins ? fmt::format(" {} |", or_dash(margin_of(row))) : "";
  return fmt::format("| {} | {} | {} | {} | {} | {} |{} {} | {} |\n", markdown_escaped(row.word),
                     markdown_code(cut(name_of(row, table), kMostFactCharacters)), or_dash(row.a), or_dash(row.b),
                     or_dash(row.change), or_dash(row.interval), margin, or_dash(row.sessions), reason);
}

void add_table(const ResultTable& table, LimitedText& text) {
  text.add(fmt::format("#### {} → {}\n\n", markdown_escaped(cut(table.a, kMostFactCharacters)),
                       markdown_escaped(cut(table.b, kMostFactCharacters))));
  add_facts(table, text);
  for (const std::string& warning : table.warnings)
    text.add(fmt::format("> {}\n>\n", markdown_escaped(cut(warning, kMostReasonCharacters))));
  if (!table.warnings.empty()) text.add("\n");
  text.add(fmt::format(
      "| result | case | A | B | B/A | 95 % interval |{0} n | why |\n|---|---|---|---|---|---|{1}---|---|\n",
      table.names_margins ? " margin |" : "", table.names_margins ? "---|" : ""));
  for (const ResultRow& row : table.rows) text.add(row_text(row, table));
  text.add("\n");
}

}  // namespace

std::string results_markdown(const Results& results, std::size_t most_characters) {
  LimitedText text(std::max(most_characters, kReserve), kReserve);
  text.add(fmt::format("### Unitcost {}\n\n{}\n\n", results.is_gate ? "gate" : "comparison",
                       markdown_escaped(results.headline)));
  for (const std::string& note : results.notes) text.add(fmt::format("- {}\n", markdown_escaped(note)));
  if (!results.notes.empty()) text.add("\n");
  for (const ResultTable& table : results.tables) add_table(table, text);
  std::string closing;
  if (text.left_out() > 0)
    closing = fmt::format("\n**{} lines were left out**: this text may have {} characters.\n", text.left_out(),
                          most_characters);
  return text.closed_with(closing);
}

}  // namespace unitcost
