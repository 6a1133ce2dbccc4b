// Workflow commands of GitHub: few, because a page with fifty annotations is read by nobody (and shows ten of a kind).
#include <algorithm>
#include <cstddef>

#include <fmt/format.h>

#include "harness/export/escape.hpp"
#include "harness/export/results.hpp"

namespace unitcost {
namespace {

constexpr std::size_t kMostRegressions = 5;

std::string command(const char* kind, const std::string& title, const std::string& message) {
  return fmt::format("::{} title={}::{}\n", kind, github_property(title), github_data(message));
}

}  // namespace

std::string results_annotations(const Results& results) {
  const char* const kind = results.is_gate ? "error" : "warning";
  std::string text;
  std::size_t regressions = 0;
  for (const ResultTable& table : results.tables) {
    for (const ResultRow& row : table.rows) {
      if (row.weight != ResultRow::Weight::kRegression || ++regressions > kMostRegressions) continue;
      text += command(kind, fmt::format("{}: {}", row.word, name_of(row, table)),
                      fmt::format("{} ({} to {})", row.reason, table.a, table.b));
    }
  }
  const std::string more = regressions > kMostRegressions
                               ? fmt::format("; {} regressions are not shown here", regressions - kMostRegressions)
                               : "";
  return text + command("notice", results.is_gate ? "unitcost gate" : "unitcost compare", results.headline + more);
}

}  // namespace unitcost
