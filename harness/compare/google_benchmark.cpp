// JSON of Google Benchmark (--benchmark_out, --benchmark_format=json).
#include <algorithm>
#include <array>
#include <cctype>
#include <limits>
#include <optional>
#include <set>
#include <utility>

#include <fmt/format.h>
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>

#include "harness/base/error.hpp"
#include "harness/compare/foreign.hpp"
#include "harness/stats/order_statistics.hpp"

namespace unitcost {
namespace {

namespace json = boost::json;

constexpr int kSchema = 1;

/// What the rows of one case said.
struct Gathered {
  std::map<std::string, std::vector<double>> repetitions;  // by counter
  std::map<std::string, double> median;                    // of an aggregate row, for files without repetitions
  std::set<std::int64_t> indices;
  SessionCase verdict;  // its problem
};

double ns_per_unit(const JsonIn& row) {
  const auto unit = row.find("time_unit");
  if (!unit) return 1.0;
  const std::string name = unit->text();
  if (name == "ns") return 1.0;
  if (name == "us") return 1e3;
  if (name == "ms") return 1e6;
  if (name == "s") return 1e9;
  throw BadInput(fmt::format("{}: '{}' is none of ns, us, ms, s", unit->path(), name));
}

/// "iteration", "median", or another word for rows that say nothing here. Before 1.5 the type stood in the name only.
std::string kind_of(const JsonIn& row) {
  if (const auto type = row.find("run_type")) {
    if (type->text() == "iteration") return "iteration";
    const auto aggregate = row.find("aggregate_name");
    return aggregate ? aggregate->text() : "aggregate";
  }
  const std::string name = row.at("name").text();
  constexpr std::array<const char*, 6> kAggregates{"median", "mean", "stddev", "cv", "BigO", "RMS"};
  for (const char* const aggregate : kAggregates) {
    if (name.ends_with(std::string("_") + aggregate)) return aggregate;
  }
  return "iteration";
}

std::string case_name(const JsonIn& row, const std::string& kind) {
  if (const auto run_name = row.find("run_name")) return run_name->text();
  const std::string name = row.at("name").text();
  return kind == "iteration" ? name : name.substr(0, name.size() - kind.size() - 1);
}

std::optional<std::string> complaint_of(const JsonIn& row) {
  for (const auto& [flag, message] :
       {std::pair{"error_occurred", "error_message"}, std::pair{"skipped", "skip_message"}}) {
    const auto raised = row.find(flag);
    if (!raised || !raised->value().is_bool() || !raised->boolean()) continue;
    const auto text = row.find(message);
    return fmt::format("the program said: {}", text && text->value().is_string() ? text->text() : "skipped");
  }
  return std::nullopt;
}

/// Counter -> its number in this row.
std::map<std::string, double> numbers_of(const JsonIn& row, const std::vector<std::string>& counters, Gathered& into) {
  const double unit_ns = ns_per_unit(row);
  if (counters.empty()) return {{"real_ns", unit_ns * finite_number(row.at("real_time"), into.verdict)}};
  std::map<std::string, double> numbers;
  for (const std::string& counter : counters) {
    if (counter == "real_ns") numbers[counter] = unit_ns * finite_number(row.at("real_time"), into.verdict);
    else if (counter == "cpu_ns") numbers[counter] = unit_ns * finite_number(row.at("cpu_time"), into.verdict);
    else if (const auto found = row.find(counter)) numbers[counter] = finite_number(*found, into.verdict);
  }
  return numbers;
}

/// What `--counter` may ask for: times as `real_ns` and `cpu_ns`, in one unit, and the counters of the program; not what numbers the rows.
void add_counters(const JsonIn& row, std::set<std::string>& known) {
  static const std::set<std::string> kOthers{
      "real_time",        "cpu_time",     "iterations", "repetitions",
      "repetition_index", "family_index", "threads",    "per_family_instance_index"};
  known.insert({"real_ns", "cpu_ns"});
  for (const auto& [key, value] : row.entries()) {
    if (value.value().is_number() && !kOthers.contains(key)) known.insert(key);
  }
}

void gather(const JsonIn& row, const std::vector<std::string>& counters, std::map<std::string, Gathered>& cases) {
  const std::string kind = kind_of(row);
  if (kind != "iteration" && kind != "median") return;
  Gathered& into = cases[case_name(row, kind)];
  if (const auto complaint = complaint_of(row)) {
    into.verdict.problem = *complaint;
    return;
  }
  if (kind == "median") {
    Gathered aggregate;
    if (!into.median.empty()) into.verdict.problem = kTwice;
    into.median = numbers_of(row, counters, aggregate);
    if (!aggregate.verdict.problem.empty()) into.median.clear();
    return;
  }
  const auto index = row.find("repetition_index");
  const std::int64_t repetition = index ? index->integer() : static_cast<std::int64_t>(into.indices.size());
  if (!into.indices.insert(repetition).second) into.verdict.problem = kTwice;
  for (const auto& [counter, number] : numbers_of(row, counters, into)) into.repetitions[counter].push_back(number);
}

SessionCase case_of(Gathered&& gathered) {
  SessionCase result = std::move(gathered.verdict);
  if (!result.problem.empty()) return result;
  for (const auto& [counter, values] : gathered.repetitions)
    result.values.push_back({counter, median(values), 1, spread_of(values)});
  if (gathered.repetitions.empty()) {
    for (const auto& [counter, value] : gathered.median)
      result.values.push_back({counter, value, 1, std::numeric_limits<double>::quiet_NaN()});
  }
  if (result.values.empty()) result.problem = "has none of the numbers that were asked for";
  return result;
}

/// As our runs say it, so that the same caches are the same fact. What is no list of caches stays as it is.
json::value caches_of(const JsonIn& caches) {
  json::array result;
  const json::array* list = caches.value().if_array();
  if (list == nullptr) return caches.value();
  for (const json::value& value : *list) {
    const json::object* cache = value.if_object();
    const json::value* type = cache == nullptr ? nullptr : cache->if_contains("type");
    const bool is_known = type != nullptr && type->is_string() && cache->contains("level") && cache->contains("size") &&
                          cache->contains("num_sharing");
    if (!is_known) return caches.value();
    std::string word(type->get_string());
    std::ranges::transform(word, word.begin(), [](unsigned char letter) { return std::tolower(letter); });
    result.push_back(json::object{{"level", cache->at("level")},
                                  {"type", word},
                                  {"bytes", cache->at("size")},
                                  {"shared_by", cache->at("num_sharing")}});
  }
  return result;
}

void read_context(const JsonIn& context, Session& session) {
  if (const auto schema = context.find("json_schema_version"); schema && schema->integer() != kSchema) {
    throw BadInput(fmt::format("{}: schema {} is not the schema {} that this program reads", schema->path(),
                               schema->integer(), kSchema));
  }
  copy_fact(context, "num_cpus", session, "cpus", Fact::Kind::kIdentity);
  copy_fact(context, "mhz_per_cpu", session, "frequency_mhz", Fact::Kind::kMoving);
  copy_fact(context, "cpu_scaling_enabled", session, "cpu_scaling", Fact::Kind::kSetUp);
  copy_fact(context, "aslr_enabled", session, "aslr", Fact::Kind::kSetUp);
  copy_fact(context, "library_version", session, "benchmark", Fact::Kind::kSetUp);
  copy_fact(context, "library_build_type", session, "library_build_type", Fact::Kind::kSetUp);
  if (const auto caches = context.find("caches"))
    session.facts["caches"] = {Fact::Kind::kIdentity, caches_of(*caches), ""};
  if (const auto date = context.find("date"); date && date->value().is_string()) session.started_utc = date->text();
}

}  // namespace

void read_google_benchmark(const JsonIn& root, const std::vector<std::string>& counters, Session& session) {
  session.source = Session::Source::kGoogleBenchmark;
  read_context(root.at("context"), session);
  std::map<std::string, Gathered> cases;
  for (const JsonIn& row : root.at("benchmarks").items()) {
    gather(row, counters, cases);
    if (!counters.empty()) add_counters(row, session.counters);
  }
  for (auto& [name, gathered] : cases) session.cases[name] = case_of(std::move(gathered));
  session.warnings.emplace_back(
      "one process: its repetitions share one memory layout and one state of the caches, so they are not independent, "
      "and how much two "
      "processes of the same program differ is not in the file");
}

}  // namespace unitcost
