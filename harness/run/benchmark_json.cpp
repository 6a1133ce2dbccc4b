#include "harness/run/benchmark_json.hpp"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "harness/base/bare_nan.hpp"
#include "harness/base/error.hpp"
#include "harness/base/json.hpp"

namespace unitcost {
namespace {

// Google Benchmark's own members of a row; every other number is a counter.
constexpr std::array<std::string_view, 15> kOwnKeys{"name",
                                                    "family_index",
                                                    "per_family_instance_index",
                                                    "run_name",
                                                    "run_type",
                                                    "repetitions",
                                                    "repetition_index",
                                                    "threads",
                                                    "iterations",
                                                    "real_time",
                                                    "cpu_time",
                                                    "time_unit",
                                                    "label",
                                                    "error_occurred",
                                                    "error_message"};

double ns_per_unit(const JsonIn& unit) {
  const std::string name = unit.text();
  if (name == "ns") return 1.0;
  if (name == "us") return 1e3;
  if (name == "ms") return 1e6;
  if (name == "s") return 1e9;
  throw BadInput(fmt::format("{}: '{}' is none of ns, us, ms, s", unit.path(), name));
}

Row parse_row(const JsonIn& in) {
  Row row;
  row.run_name = in.at("run_name").text();
  const auto failed = in.find("error_occurred");
  if (failed && failed->boolean()) {
    row.error = true;
    row.error_message = in.at("error_message").text();
    return row;
  }
  if (const auto skipped = in.find("skipped"); skipped && skipped->boolean()) {  // since 1.8.3: "not for this machine"
    const auto message = in.find("skip_message");
    row.error = true;
    row.error_message = "unmeasurable: " + (message ? message->text() : "the program skipped it");
    return row;
  }
  const double unit_ns = ns_per_unit(in.at("time_unit"));
  row.iterations = in.at("iterations").integer();
  row.real_ns = unit_ns * in.at("real_time").number();
  row.cpu_ns = unit_ns * in.at("cpu_time").number();
  for (const auto& [key, value] : in.entries()) {
    if (std::find(kOwnKeys.begin(), kOwnKeys.end(), key) != kOwnKeys.end()) continue;
    if (value.is_null()) throw BadInput(fmt::format("{}: this counter is not a finite number", value.path()));
    if (value.value().is_number()) row.counters[key] = value.number();
  }
  return row;
}

RowsVerdict refused(Outcome outcome, std::string reason) { return {outcome, std::move(reason), 0, {}}; }

RowsVerdict judge_error(const std::string& message) {
  constexpr std::string_view kUnmeasurable = "unmeasurable: ";
  constexpr std::string_view kFailed = "failed: ";
  if (message.starts_with(kUnmeasurable)) return refused(Outcome::kUnmeasurable, message.substr(kUnmeasurable.size()));
  if (message.starts_with(kFailed)) return refused(Outcome::kFailed, message.substr(kFailed.size()));
  return refused(Outcome::kFailed, message);
}

}  // namespace

std::vector<Row> parse_benchmark_json(std::string_view text) {
  // A null is of no matter in an aggregate, refused in a repetition.
  const boost::json::value document = parse_json(with_nulls_for_nan(text), "benchmark output");
  std::vector<Row> rows;
  for (const JsonIn& item : JsonIn(document, "benchmark output").at("benchmarks").items()) {
    const auto type = item.find("run_type");
    if (!type || type->text() == "iteration") rows.push_back(parse_row(item));
  }
  return rows;
}

RowsVerdict judge_rows(const std::vector<Row>& rows, const std::string& name, int repetitions) {
  for (const Row& row : rows) {
    if (row.run_name != name) {
      return refused(Outcome::kFailed,
                     fmt::format("the program ran '{}' where '{}' was asked for", row.run_name, name));
    }
    if (row.error) return judge_error(row.error_message);
  }
  if (rows.empty()) return refused(Outcome::kFailed, "the program wrote no row");
  if (repetitions > 0 && rows.size() != static_cast<std::size_t>(repetitions)) {
    return refused(Outcome::kFailed,
                   fmt::format("the program wrote {} rows where {} were asked for", rows.size(), repetitions));
  }
  RowsVerdict verdict;
  verdict.iterations = rows.front().iterations;
  for (const Row& row : rows) {
    verdict.samples["real_ns"].push_back(row.real_ns);
    for (const auto& [counter, value] : row.counters) verdict.samples[counter].push_back(value);
  }
  for (const auto& [counter, values] : verdict.samples) {
    if (values.size() != rows.size())
      return refused(Outcome::kFailed, fmt::format("counter '{}' is missing in some rows", counter));
  }
  return verdict;
}

}  // namespace unitcost
