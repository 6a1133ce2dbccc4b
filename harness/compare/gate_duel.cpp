#include "harness/compare/gate_duel.hpp"

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <limits>
#include <map>
#include <optional>

#include <fmt/format.h>

#include "harness/analyse/wording.hpp"
#include "harness/base/json.hpp"
#include "harness/base/prefixes.hpp"

namespace unitcost {
namespace {

constexpr int kSchema = 1;
constexpr double kLevel = 0.05;
constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();

double number_or_nan(const JsonIn& in, const char* key) {
  const auto found = in.find(key);
  return found ? found->number() : kNaN;
}

void refuse_other(const JsonIn& root) {
  const std::int64_t schema = root.at("schema").integer();
  if (schema != kSchema) {
    throw BadInput(
        fmt::format("{}: schema {} is not the schema {} that this program reads; use the version that wrote it",
                    root.path(), schema, kSchema));
  }
  if (const std::string kind = root.at("kind").text(); kind != "duel")
    throw BadInput(fmt::format("{}: this is a {}, and only a duel can be gated", root.path(), kind));
}

/// The command that goes on with a duel whose analysis is `file`. Where programs lay is not stored; revisions are.
std::string resume_text(const JsonIn& duel, const std::string& file) {
  const std::filesystem::path place = std::filesystem::path(file).parent_path();
  const std::string folder = place.empty() ? std::string(".") : place.string();
  const auto commit_of = [&](const char* side) {
    const auto commit = duel.at(side).find("commit");
    return commit ? commit->text() : "";
  };
  const std::string a = commit_of("a");
  const std::string b = commit_of("b");
  if (!a.empty() && !b.empty())
    return fmt::format("`unitcost duel {} {} --build --resume {}` goes on with it", a, b, folder);
  return fmt::format(
      "`unitcost duel A B --resume {}` goes on with it, where A and B are the sides that it was begun with (and "
      "--relink is given again if it was)",
      folder);
}

void refuse_unfit(const JsonIn& root, const std::string& file) {
  const JsonIn duel = root.at("duel");
  if (const std::string status = duel.at("status").text(); status != "complete")
    throw Error(Exit::kInconclusive, fmt::format("gate: the duel is {}; {}", status, resume_text(duel, file)));
  if (!root.at("gateable").boolean())
    throw Error(Exit::kInconclusive,
                fmt::format("gate: nothing may be gated on this duel: {}", root.at("not_gateable").text()));
  // Older analyses do not look at that.
  const auto machine = duel.find("machine");
  const auto emulated = machine ? machine->find("emulated") : std::nullopt;
  const auto value = emulated ? emulated->find("value") : std::nullopt;
  if (value && value->boolean())
    throw Error(Exit::kInconclusive, "gate: the duel was measured on an emulated machine: times mean nothing there");
}

SideValue side_value(const JsonIn& row, const char* key, int pairs) {
  return {number_or_nan(row, key), pairs, pairs, number_or_nan(row, "sd")};
}

/// Ends of an interval of `in`, where it has one.
void read_interval(const JsonIn& in, SessionRatio& found) {
  const auto interval = in.find("interval");
  if (!interval) return;
  const std::vector<double> ends = interval->numbers();
  if (ends.size() != 2) throw BadInput(fmt::format("{}: expected two numbers", interval->path()));
  found.low = ends[0];
  found.high = ends[1];
}

std::optional<SessionRatio> control_of(const JsonIn& row) {
  const auto control = row.find("control");
  if (!control) return std::nullopt;
  SessionRatio found;
  found.ratio = number_or_nan(*control, "ratio");
  read_interval(*control, found);
  return found;
}

/// What its readers want to know of the duel beside the rows.
GatedDuel gated_duel(const JsonIn& root) {
  const JsonIn duel = root.at("duel");
  const auto text_of = [](const JsonIn& in, const char* key) {
    const auto found = in.find(key);
    return found ? found->text() : "";
  };
  return {text_of(root, "method"), text_of(duel, "foot"), duel.value().as_object(),
          root.at("rule").value().as_object()};
}

ComparedCase row_of(const JsonIn& in, const GateOptions& options) {
  ComparedCase row;
  row.key = in.at("key").text();
  row.counter = in.at("counter").text();
  row.unit = unit_of_counter(row.counter);
  row.lower_is_better = true;  // a duel compares costs
  const int pairs = in.at("n").small_integer();
  row.a = side_value(in, "a", pairs);
  row.b = side_value(in, "b", pairs);
  row.found.ratio = number_or_nan(in, "ratio");
  read_interval(in, row.found);
  if (!std::isnan(row.found.low)) row.found.sessions_a = row.found.sessions_b = pairs;
  row.found.p = number_or_nan(in, "p");
  row.q = number_or_nan(in, "q");
  row.marked = in.at("marked").boolean();
  const double own_margin = in.at("margin").number();
  row.margin_ratio = std::max(own_margin, options.rules.margins.of(row.key));
  // What could be seen beyond the duel's own margin, beyond the wider one: never less than what the row passes with.
  row.smallest_visible_ratio = (1.0 + number_or_nan(in, "visible")) * (1.0 + row.margin_ratio) / (1.0 + own_margin);
  if (row.smallest_visible_ratio < 1.0 + row.margin_ratio) row.smallest_visible_ratio = 1.0 + row.margin_ratio;
  row.reason = in.at("reason").text();
  return row;
}

/// What the gate asks of a case beside its row.
struct Asked {
  double holm_p = kNaN;
  std::optional<SessionRatio> control;
  int failed_pairs = 0;   ///< of B; 0 in older documents
  std::string too_noisy;  ///< why nothing within the margin can be called unchanged; empty: it can
};

/// `most_margin`: NaN in documents that have none.
Asked asked_of(const JsonIn& in, double most_margin, const GateOptions& options) {
  Asked asked;
  asked.holm_p = number_or_nan(in, "p_holm");
  asked.control = control_of(in);
  if (const auto failed = in.find("failed")) asked.failed_pairs = failed->small_integer();
  const double own_margin = in.at("margin").number();
  const bool is_margin_of_a_rule = options.rules.margins.of(in.at("key").text()) > own_margin;
  if (own_margin > most_margin && !is_margin_of_a_rule) {
    asked.too_noisy = fmt::format("a program and its own copy differ by up to {} here: too noisy to tell",
                                  three_digits(100.0 * own_margin) + " %");
  }
  return asked;
}

bool is_improvement(const ComparedCase& row, double holm_p) {
  return row.found.high < 1.0 / (1.0 + row.margin_ratio) && holm_p <= kLevel;
}

GatedCase judged(const ComparedCase& row, const Asked& asked, int least_pairs) {
  GatedCase result = open_case(row.key, row.reason, &row);
  result.holm_p = asked.holm_p;
  result.control = asked.control;
  result.fails_now = asked.failed_pairs > 0;
  const std::string failed = fmt::format("it failed in {} of B", counted(asked.failed_pairs, "pair"));
  const double margin = 1.0 + row.margin_ratio;
  if (row.found.sessions_a < least_pairs) {
    result.reason = fmt::format("{}; a gate needs {}", counted(row.a.sessions, "pair"), least_pairs);
    if (result.fails_now) result.reason += "; " + failed;
    return result;
  }
  result.gates = true;
  result.smallest_visible_ratio = row.smallest_visible_ratio;
  if (row.found.low > margin && asked.holm_p <= kLevel) {
    result.word = GateWord::kRegression;
  } else if (result.fails_now) {
    result.reason = fmt::format("{}: {}", failed, row.reason);
  } else if (row.found.high <= margin) {
    const bool is_open = !asked.too_noisy.empty() && !is_improvement(row, asked.holm_p);
    if (is_open) result.reason = asked.too_noisy;
    else result.word = GateWord::kOk;
  }
  return result;
}

Change change_of(const GatedCase& found, const Asked& asked, const ComparedCase& row) {
  if (found.word == GateWord::kRegression) return Change::kRegression;
  if (is_improvement(row, asked.holm_p)) return Change::kImprovement;
  const double margin = 1.0 + row.margin_ratio;
  const bool is_within = row.found.low >= 1.0 / margin && row.found.high <= margin;
  return is_within && asked.too_noisy.empty() ? Change::kEquivalent : Change::kInconclusive;
}

/// Of a case that was not compared: given up in its pairs ("failed: B: …"), or already when it was calibrated.
bool is_failure_of_b(const std::string& reason) {
  return reason.starts_with("failed: B: ") || reason.starts_with("B: failed: ");
}

Comparison comparison_of(const JsonIn& root, const GateOptions& options) {
  Comparison found;
  const JsonIn duel = root.at("duel");
  found.a.name = duel.at("a").at("name").text();
  found.b.name = duel.at("b").at("name").text();
  found.warnings = duel.at("warnings").texts();
  if (const std::string layout = duel.at("layout").text(); layout == "not tested") {
    found.warnings.emplace_back(
        "layout not tested: the same code in another link order may differ by a few per cent, and that is not in these "
        "intervals");
  }
  for (const JsonIn& row : root.at("cases").items()) {
    if (is_asked_for(row.at("key").text(), options.only)) found.rows.push_back(row_of(row, options));
  }
  for (const JsonIn& row : root.at("not_compared").items()) {
    if (!is_asked_for(row.at("key").text(), options.only)) continue;
    const auto in_a = row.find("in_a");  // not in older documents
    found.not_comparable.push_back({row.at("key").text(), row.at("reason").text(), !in_a || in_a->boolean(),
                                    is_failure_of_b(row.at("reason").text())});
  }
  for (const std::string& key : root.at("only_in_a").texts()) {
    if (is_asked_for(key, options.only))
      found.not_comparable.push_back({key, fmt::format("{} has no such case", found.b.name), true});
  }
  for (const std::string& key : root.at("only_in_b").texts()) {
    if (is_asked_for(key, options.only))
      found.not_comparable.push_back({key, fmt::format("{} has no such case", found.a.name), false});
  }
  return found;
}

}  // namespace

Gate gate_duel(std::string_view text, const std::string& where, const GateOptions& options) {
  const boost::json::value document = parse_json(text, where);
  const JsonIn root(document, where);
  refuse_other(root);
  refuse_unfit(root, where);
  const int least_pairs = root.at("rule").at("least_pairs").small_integer();
  Gate result;
  result.pass_inconclusive = options.pass_inconclusive;
  result.duel = gated_duel(root);
  result.against.emplace_back(comparison_of(root, options));
  GateSide& side = result.against.front();
  const double most_margin = number_or_nan(root.at("rule"), "most_margin");
  std::map<std::string, Asked> asked;
  for (const JsonIn& row : root.at("cases").items()) asked[row.at("key").text()] = asked_of(row, most_margin, options);
  for (ComparedCase& row : side.comparison.rows) {
    side.cases.push_back(judged(row, asked.at(row.key), least_pairs));
    row.change = change_of(side.cases.back(), asked.at(row.key), row);
  }
  add_not_comparable(side);
  if (side.cases.empty()) throw BadInput(fmt::format("{}: has no case to judge", where));
  accept_changes(result, options);
  refuse_nothing_judged(result);
  return result;
}

}  // namespace unitcost
