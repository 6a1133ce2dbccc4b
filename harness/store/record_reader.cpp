#include "harness/store/record_reader.hpp"

#include <utility>

#include <fmt/format.h>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>

#include "harness/base/error.hpp"
#include "harness/base/json.hpp"

namespace unitcost {
namespace {

namespace json = boost::json;

constexpr std::string_view kScenarios = R"(,"scenarios":)";

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

std::string with_scenarios(std::string identity, std::string_view canonical) {
  identity += kScenarios;
  identity += canonical;
  identity += "}\n";
  return identity;
}

/// The file as one document: for whatever order its members stand in, and to say what is wrong and where.
ReadRecord read_whole(std::string_view text, const std::string& file) {
  const json::value value = parse_json(text, file);
  try {
    ReadRecord read{run_record_from_json(value), ""};
    const json::object& record = value.as_object();
    read.identity = with_scenarios(identity_beside_scenarios(record), json::serialize(record.at("scenarios")));
    return read;
  } catch (const BadInput& error) {
    throw BadInput(fmt::format("{}: {}", file, error.what()));
  }
}

}  // namespace

RecordReader::Scenarios RecordReader::scenarios_of(std::string_view text) {
  const json::value value = parse_json(fmt::format("{{{}", text.substr(1)), "run.json");
  if (value.as_object().size() != 1) throw BadInput("run.json: another member stands behind the scenarios");
  return {std::string(text), json::serialize(value.at("scenarios")), scenarios_from_json(value)};
}

/// Both parts are objects of their own once a brace is added to each; so the whole is one, with the members of both. Throws BadInput.
ReadRecord RecordReader::read_in_two_parts(std::string_view before, std::string_view scenarios) {
  const json::value value = parse_json(fmt::format("{}}}", before), "run.json");
  ReadRecord read{run_record_beside_scenarios(value), ""};
  if (value.as_object().contains("scenarios")) throw BadInput("run.json: the scenarios stand twice");
  if (scenarios != last_.text) last_ = scenarios_of(scenarios);
  read.record.scenarios = last_.scenarios;
  read.identity = with_scenarios(identity_beside_scenarios(value.as_object()), last_.canonical);
  return read;
}

ReadRecord RecordReader::read(std::string_view text, const std::string& file) {
  const std::size_t at = text.find(kScenarios);
  if (at != std::string_view::npos) {
    try {
      return read_in_two_parts(text.substr(0, at), text.substr(at));
    } catch (const BadInput&) {
      // Wrong, or written by somebody else: the whole decides, and says why.
    }
  }
  return read_whole(text, file);
}

}  // namespace unitcost
