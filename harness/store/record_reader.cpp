#include "harness/store/record_reader.hpp"

#include <cstddef>
#include <utility>

#include <fmt/format.h>
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>

#include "harness/base/error.hpp"
#include "harness/base/json.hpp"
#include "harness/plan/labels_json.hpp"

namespace unitcost {
namespace {

namespace json = boost::json;

constexpr std::string_view kCases = R"(,"cases":)";

/// The members that make a run what it is, but for the scenarios, which come behind them.
std::string identity_beside_scenarios(const json::object& record) {
  std::string identity = "{";
  for (const char* key : {"schema", "machine_id", "boot", "machine", "build", "absent", "plan"}) {
    const json::value* value = record.if_contains(key);
    if (value == nullptr) continue;
    identity += fmt::format("{}\"{}\":", identity.size() == 1 ? "" : ",", key);
    identity += json::serialize(*value);
  }
  return identity;
}

std::string scenarios_in_identity(const json::value& scenarios) {
  return fmt::format(",\"scenarios\":{}}}\n", json::serialize(scenarios));
}

/// The file as one document: for whatever order its members stand in, and to say what is wrong and where.
ReadRecord read_whole(std::string_view text, const std::string& file) {
  const json::value value = parse_json(text, file);
  try {
    ReadRecord read{run_record_from_json(value), ""};
    const json::object& record = value.as_object();
    read.identity = identity_beside_scenarios(record) + scenarios_in_identity(record.at("scenarios"));
    return read;
  } catch (const BadInput& error) {
    throw BadInput(fmt::format("{}: {}", file, error.what()));
  }
}

/// The record up to the cases, with a plan of none. Throws BadInput.
json::value parse_head(std::string_view head) {
  // Two braces make it whole, so the list of cases goes on with the last member of its last member.
  json::value value = parse_json(fmt::format("{}}}}}", head), "run.json");
  json::object& record = value.as_object();
  if (record.contains("scenarios") || !record.contains("plan") || (record.end() - 1)->key() != "plan")
    throw BadInput("run.json: the cases stand elsewhere");
  json::object* plan = record.at("plan").if_object();
  if (plan == nullptr || plan->empty() || plan->contains("cases") || plan->contains("labels"))
    throw BadInput("run.json: the plan goes on otherwise");
  return value;
}

}  // namespace

RecordReader::Tail RecordReader::tail_of(std::string_view text) {
  if (!text.starts_with(',')) throw BadInput("run.json: the plan ends with the cases");
  const json::value value = parse_json(fmt::format(R"({{"plan":{{{})", text.substr(1)), "run.json");
  const JsonIn plan = JsonIn(value, "run.json").at("plan");
  const JsonIn labels = plan.at("labels");
  if (plan.entries().size() != 1 || value.as_object().size() != 2)
    throw BadInput("run.json: another member stands behind the cases");
  Tail tail;
  tail.text = text;
  tail.scenarios = scenarios_from_json(value);
  tail.labels = labels_from_json(labels);
  tail.canonical = fmt::format(",\"labels\":{}}}", json::serialize(labels.value())) +
                   scenarios_in_identity(value.as_object().at("scenarios"));
  return tail;
}

/// Head and tail are objects of their own once braces are added, and the cases a list; so the whole is one, with the members of all. Throws BadInput.
ReadRecord RecordReader::read_in_parts(std::string_view head, std::string_view behind) {
  if (!read_plain_cases(behind, cases_)) throw BadInput("run.json: the cases are written otherwise");
  json::value value = parse_head(head);
  const std::string_view tail = behind.substr(cases_.letters);
  if (tail != last_.text) last_ = tail_of(tail);

  ReadRecord read;
  read.identity = identity_beside_scenarios(value.as_object());
  read.identity.reserve(read.identity.size() + kCases.size() + cases_.canonical.size() + last_.canonical.size());
  read.identity.pop_back();  // the brace of the plan
  read.identity += kCases;
  read.identity += cases_.canonical;
  read.identity += last_.canonical;

  json::object& plan = value.as_object().at("plan").as_object();
  plan["cases"] = json::array();
  plan["labels"] = json::array();
  read.record = run_record_beside_scenarios(value);
  read.record.plan.cases = std::move(cases_.cases);
  read.record.plan.labels = std::move(last_.labels);
  read.record.scenarios = std::move(last_.scenarios);
  is_lent_ = true;
  return read;
}

void RecordReader::take_back(RunRecord&& record) {
  cases_.cases = std::move(record.plan.cases);
  if (!std::exchange(is_lent_, false)) return;
  last_.labels = std::move(record.plan.labels);
  last_.scenarios = std::move(record.scenarios);
}

ReadRecord RecordReader::read(std::string_view text, const std::string& file) {
  if (std::exchange(is_lent_, false)) last_ = {};  // it did not come back
  const std::size_t at = text.find(kCases);
  if (at != std::string_view::npos) {
    try {
      return read_in_parts(text.substr(0, at), text.substr(at + kCases.size()));
    } catch (const BadInput&) {
      // Wrong, or written by somebody else: the whole decides, and says why.
    }
  }
  return read_whole(text, file);
}

}  // namespace unitcost
