#include "harness/compare/gate_rules.hpp"

#include <fmt/format.h>

#include "harness/scenario/document.hpp"
#include "harness/scenario/faults.hpp"
#include "harness/scenario/table_reader.hpp"

namespace unitcost {
namespace {

constexpr int kSchema = 1;
constexpr double kLargestMarginRatio = 1.0;

bool is_day(const std::string& text) {
  constexpr std::string_view kShape = "dddd-dd-dd";
  if (text.size() != kShape.size()) return false;
  for (std::size_t at = 0; at < kShape.size(); ++at) {
    const bool is_digit = text[at] >= '0' && text[at] <= '9';
    if (kShape[at] == 'd' ? !is_digit : text[at] != '-') return false;
  }
  const int month = std::stoi(text.substr(5, 2));
  const int day = std::stoi(text.substr(8, 2));
  return month >= 1 && month <= 12 && day >= 1 && day <= 31;
}

double margin_in(TableReader& in, double fallback) {
  const double ratio = in.number("margin_ratio").value_or(fallback);
  if (ratio > 0.0 && ratio <= kLargestMarginRatio) return ratio;
  in.fault("margin_ratio",
           fmt::format("{} is not above 0 and at most {}; 0.01 is one per cent", ratio, kLargestMarginRatio));
  return fallback;
}

/// A word that must be there and not be empty.
std::string required_text(TableReader& in, const char* key) {
  if (!in.require(key)) return "";
  std::string text = in.text(key).value_or("");
  if (text.empty()) in.fault(key, "is empty");
  return text;
}

/// A day, as a date of TOML or as a text.
std::string required_day(TableReader& in, const char* key) {
  if (!in.require(key)) return "";
  const Node* node = in.any(key);
  const bool is_known = node->kind == Node::Kind::kDate || node->kind == Node::Kind::kText;
  if (!is_known || !is_day(node->text)) in.fault(key, "is no day; write it as 2026-12-31");
  return node->text;
}

/// The tables of [[key]].
std::vector<Node> tables_of(TableReader& in, const char* key) {
  const Node* list = in.of_kind(key, Node::Kind::kList);
  return list == nullptr ? std::vector<Node>{} : list->items;
}

Accepted read_accepted(const Node& node, Faults& faults) {
  TableReader in(node, "[[accepted]]", faults);
  Accepted row;
  row.line = in.line();
  row.pattern = required_text(in, "case");
  row.commit = required_text(in, "commit");
  row.until = required_day(in, "until");
  row.reason = required_text(in, "reason");
  row.at_most_ratio = in.number("at_most_ratio");
  if (row.at_most_ratio && *row.at_most_ratio <= 1.0)
    in.fault("at_most_ratio", fmt::format("{} is no worsening; 1.2 accepts up to 20 per cent", *row.at_most_ratio));
  in.finish();
  return row;
}

}  // namespace

GateRules parse_gate_rules(std::string_view toml, const std::string& file) {
  Faults faults(file);
  const Node document = read_toml(toml, file);
  TableReader in(document, "the file", faults);
  GateRules rules;
  if (in.require("schema")) {
    const auto schema = in.integer("schema", 0, 1000000);
    if (schema && *schema != kSchema)
      in.fault("schema", fmt::format("{} is not the schema {} that this program reads", *schema, kSchema));
  }
  rules.margins.usual_ratio = margin_in(in, kUsualMarginRatio);
  for (const Node& node : tables_of(in, "margin")) {
    TableReader row(node, "[[margin]]", faults);
    const std::string pattern = required_text(row, "case");
    if (row.require("margin_ratio")) rules.margins.of_cases.emplace_back(pattern, margin_in(row, kUsualMarginRatio));
    row.finish();
  }
  for (const Node& node : tables_of(in, "accepted")) rules.accepted.push_back(read_accepted(node, faults));
  in.finish();
  faults.throw_if_any();
  return rules;
}

}  // namespace unitcost
