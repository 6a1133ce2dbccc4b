// A duel as a terminal shows it.
#include <algorithm>
#include <cmath>
#include <vector>

#include <fmt/format.h>
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>

#include "harness/analyse/wording.hpp"
#include "harness/duel/duel_document.hpp"
#include "harness/plan/budget.hpp"

namespace unitcost {
namespace {

namespace json = boost::json;

std::string text_of(const json::object& from, const char* key) { return std::string(from.at(key).as_string()); }

using Row = std::vector<std::string>;

/// Columns that a UTF-8 text takes: its code points.
std::size_t columns(const std::string& text) {
  return static_cast<std::size_t>(
      std::ranges::count_if(text, [](char byte) { return (static_cast<unsigned char>(byte) & 0xC0U) != 0x80U; }));
}

/// The last column is not padded; `right` columns from the second on are set to the right.
std::string table_text(const std::vector<Row>& rows, std::size_t right) {
  std::vector<std::size_t> widths(rows.front().size(), 0);
  for (const Row& row : rows) {
    for (std::size_t at = 0; at < row.size(); ++at) widths[at] = std::max(widths[at], columns(row[at]));
  }
  std::string text;
  for (const Row& row : rows) {
    std::string line;
    for (std::size_t at = 0; at < row.size(); ++at) {
      const std::string blanks(widths[at] - columns(row[at]), ' ');
      const bool is_last = at + 1 == row.size();
      line += at >= 1 && at <= right ? blanks + row[at] : row[at] + (is_last ? "" : blanks);
      if (!is_last) line += "  ";
    }
    text += line + "\n";
  }
  return text;
}

std::string percent(const json::value& share, int digits = 2) {
  return share.is_null() ? "–" : fmt::format("{:.{}f} %", 100.0 * share.to_number<double>(), digits);
}

std::string change_text(const json::object& evidence) {
  if (evidence.at("ratio").is_null()) return "–";
  const auto more = [](const json::value& ratio) { return 100.0 * (ratio.to_number<double>() - 1.0); };
  if (!evidence.at("interval").is_array()) return fmt::format("{:+.2f} %, no interval", more(evidence.at("ratio")));
  const auto& interval = evidence.at("interval").as_array();
  return fmt::format("{:+.2f} % [{:+.2f}, {:+.2f}]", more(evidence.at("ratio")), more(interval[0]), more(interval[1]));
}

std::string cases_text(const json::object& root) {
  std::vector<Row> rows{{"case", "B against A", "null control", "margin", "sd", "outcome"}};
  for (const json::value& value : root.at("cases").as_array()) {
    const json::object& row = value.as_object();
    const std::string mark = row.at("marked").as_bool() ? " *" : "";
    rows.push_back({text_of(row, "key"), change_text(row) + mark, change_text(row.at("control").as_object()),
                    percent(row.at("margin")), percent(row.at("pooled_sd")),
                    text_of(row, "outcome") + ": " + text_of(row, "reason")});
  }
  return table_text(rows, 4);
}

std::string need_text(const json::object& need, bool is_known) {
  if (!is_known) return "–";
  if (need.at("pairs").is_null()) return "over 1000";
  return fmt::format("{} · {:.1f} min", need.at("pairs").to_number<int>(),
                     need.at("seconds").to_number<double>() / 60.0);
}

std::string needs_text(const json::object& root) {
  std::vector<Row> rows{{"case", "sd", "pair", "1 %", "2 %", "5 %", "10 %"}};
  for (const json::value& value : root.at("cases").as_array()) {
    const json::object& row = value.as_object();
    Row cells{text_of(row, "key"), percent(row.at("sd")),
              fmt::format("{:.0f} ms", 1000.0 * row.at("pair_s").to_number<double>())};
    for (const json::value& need : row.at("needs").as_array())
      cells.push_back(need_text(need.as_object(), !row.at("sd").is_null()));
    rows.push_back(std::move(cells));
  }
  return table_text(rows, rows.front().size()) +
         "Pairs, and minutes with the null control, that find such a change in nine of ten duels of so many cases; "
         "margin 1 %, for a change of 1 % half of it.\n";
}

std::string share_interval(const json::value& interval) {
  if (!interval.is_array()) return "";
  return fmt::format(" [{:.2f}, {:.2f}]", 100.0 * interval.as_array()[0].to_number<double>(),
                     100.0 * interval.as_array()[1].to_number<double>());
}

/// How large layout alone is.
std::string link_orders_text(const json::object& root) {
  std::vector<Row> rows{
      {"case", "link orders", "spread (sd)", "slowest against fastest", "pair within one order (sd)"}};
  for (const json::value& value : root.at("cases").as_array()) {
    const json::object& row = value.as_object();
    if (!row.at("link_orders").is_object()) return "";
    const json::object& orders = row.at("link_orders").as_object();
    rows.push_back({text_of(row, "key"), std::to_string(orders.at("a").to_number<int>()),
                    percent(orders.at("sd")) + share_interval(orders.at("sd_interval")), change_text(orders),
                    percent(orders.at("pair_sd"))});
  }
  return "\n" + table_text(rows, rows.front().size()) +
         "What the link order alone does to the same code: how far orders lie apart, and the slowest of these against "
         "the "
         "fastest (the interval holds for all pairs of orders at once; one that contains 0 shows no difference). –: "
         "too "
         "few pairs for so many orders.\n";
}

std::string left_out_text(const json::object& root) {
  std::string text;
  for (const json::value& value : root.at("not_compared").as_array())
    text +=
        fmt::format("not compared: {}: {}\n", text_of(value.as_object(), "key"), text_of(value.as_object(), "reason"));
  for (const auto& [key, side] : {std::pair{"only_in_a", "A"}, std::pair{"only_in_b", "B"}}) {
    const auto& keys = root.at(key).as_array();
    if (!keys.empty())
      text += fmt::format("only in {}: {}{}\n", side, std::string(keys.front().as_string()),
                          keys.size() > 1 ? fmt::format(" and {} more", keys.size() - 1) : "");
  }
  return text;
}

std::string summary_text(const json::object& root) {
  const json::object& summary = root.at("summary").as_object();
  std::string text = counted(summary.at("cases").to_number<int>(), "case") + ":";
  for (const char* outcome : {"regression", "improvement", "equivalent", "inconclusive"})
    text += fmt::format(" {} {},", summary.at(outcome).to_number<int>(), outcome);
  text.back() = '\n';
  const json::object& duel = root.at("duel").as_object();
  const bool has_layouts = duel.at("layouts").to_number<int>() > 0;
  text += "* differs from no change at a false discovery rate of 5 %; ";
  text += has_layouts ? fmt::format("layout: {}, of which each pair drew one\n", text_of(duel, "layout"))
                      : "layout not tested: what another link order does to the same code is not in these intervals\n";
  return text;
}

}  // namespace

std::string duel_text(const json::value& document) {
  const json::object& root = document.as_object();
  const json::object& duel = root.at("duel").as_object();
  const bool pilot = text_of(root, "kind") == "pilot";
  std::string text;
  if (!root.at("cases").as_array().empty())
    text = pilot ? needs_text(root) + link_orders_text(root) : cases_text(root) + "\n" + summary_text(root);
  text += left_out_text(root);
  for (const json::value& warning : duel.at("warnings").as_array())
    text += fmt::format("note: {}\n", std::string(warning.as_string()));
  const std::string why = text_of(root, "not_gateable");
  if (!pilot && !why.empty()) text += fmt::format("fit for no gate: {}\n", why);
  text +=
      fmt::format("{} in {} · {} contaminated · seed {} · {}\n", counted(duel.at("pairs_run").to_number<int>(), "pair"),
                  duration_text(duel.at("wall_s").to_number<double>()), duel.at("contaminated").to_number<int>(),
                  duel.at("seed").to_number<std::uint64_t>(), text_of(duel, "line"));
  return text;
}

}  // namespace unitcost
