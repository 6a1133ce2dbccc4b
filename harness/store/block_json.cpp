// Blocks as lines of blocks.jsonl (docs/formats.md, section 3).
#include "harness/store/block_json.hpp"

#include <array>
#include <cmath>
#include <cstdlib>
#include <utility>

#include <fmt/format.h>
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>

#include "harness/base/error.hpp"

namespace unitcost {
namespace {

namespace json = boost::json;

constexpr std::array<std::pair<Outcome, const char*>, 3> kOutcomes{
    {{Outcome::kMeasured, "measured"}, {Outcome::kUnmeasurable, "unmeasurable"}, {Outcome::kFailed, "failed"}}};
constexpr std::array<std::pair<ChildEnd::Kind, const char*>, 4> kEnds{{{ChildEnd::Kind::kExited, "exited"},
                                                                       {ChildEnd::Kind::kSignalled, "signalled"},
                                                                       {ChildEnd::Kind::kDeadline, "deadline"},
                                                                       {ChildEnd::Kind::kNotStarted, "not-started"}}};

template <class Value, std::size_t Size>
const char* word_of(const std::array<std::pair<Value, const char*>, Size>& words, Value value) {
  for (const auto& [candidate, word] : words) {
    if (candidate == value) return word;
  }
  throw std::logic_error("a value without a word");
}

template <class Value, std::size_t Size>
std::optional<Value> named(const std::array<std::pair<Value, const char*>, Size>& words, std::string_view word) {
  for (const auto& [value, candidate] : words) {
    if (word == candidate) return value;
  }
  return std::nullopt;
}

template <class Value, std::size_t Size>
Value value_of(const std::array<std::pair<Value, const char*>, Size>& words, const JsonIn& in) {
  const std::string word = in.text();
  if (const auto value = named(words, word)) return *value;
  std::string known;
  for (const auto& [value, candidate] : words) known += known.empty() ? candidate : fmt::format(", {}", candidate);
  throw BadInput(fmt::format("{}: '{}' is none of {}", in.path(), word, known));
}

/// Nine digits are more than any clock gives; so short a decimal also reads back as the same double everywhere.
json::value rounded(double value) {
  if (!std::isfinite(value)) return nullptr;
  return std::strtod(fmt::format("{:.9g}", value).c_str(), nullptr);
}

}  // namespace

const char* outcome_text(Outcome outcome) { return word_of(kOutcomes, outcome); }
std::optional<Outcome> outcome_named(std::string_view word) { return named(kOutcomes, word); }
std::optional<ChildEnd::Kind> end_named(std::string_view word) { return named(kEnds, word); }
Outcome outcome_from_json(const JsonIn& in) { return value_of(kOutcomes, in); }

json::object to_json(const ChildEnd& end) {
  return {{"kind", word_of(kEnds, end.kind)}, {"code", end.code}, {"stderr_tail", end.stderr_tail}};
}

ChildEnd child_end_from_json(const JsonIn& in) {
  return {value_of(kEnds, in.at("kind")), in.at("code").small_integer(), in.at("stderr_tail").text()};
}

json::object to_json(const Samples& samples) {
  json::object object;
  for (const auto& [counter, values] : samples) {
    json::array array;
    for (const double value : values) array.push_back(rounded(value));
    object[counter] = std::move(array);
  }
  return object;
}

Samples samples_from_json(const JsonIn& in) {
  Samples samples;
  for (const auto& [counter, values] : in.entries()) samples[counter] = values.numbers();
  return samples;
}

json::object to_json(const Covariates& covariates) {
  json::object object;
  object["cpus_asked"] = json::array(covariates.cpus_asked.begin(), covariates.cpus_asked.end());
  object["cpus_used"] = json::array(covariates.cpus_used.begin(), covariates.cpus_used.end());
  for (const auto& [name, reading] : covariates.readings) {
    object[name] = reading ? rounded(*reading) : json::value(nullptr);
  }
  return object;
}

Covariates covariates_from_json(const JsonIn& in) {
  Covariates covariates;
  for (const auto& [name, value] : in.entries()) {
    if (name == "cpus_asked") {
      covariates.cpus_asked = value.small_integers();
    } else if (name == "cpus_used") {
      covariates.cpus_used = value.small_integers();
    } else {
      covariates.readings[name] = value.is_null() ? Reading{} : Reading{value.number()};
    }
  }
  return covariates;
}

json::value to_json(const Block& block) {
  return json::object{
      {"case", block.case_key},
      {"round", block.round},
      {"attempt", block.attempt},
      {"position", block.position},
      {"started_utc", block.started_utc},
      {"outcome", outcome_text(block.outcome)},
      {"reason", block.reason},
      {"end", to_json(block.end)},
      {"iterations", block.iterations},
      {"samples", to_json(block.samples)},
      {"covariates", to_json(block.covariates)},
      {"contaminated", json::array(block.contaminated.begin(), block.contaminated.end())},
  };
}

Block block_from_json(const json::value& value) {
  const JsonIn in(value, "block");
  Block block;
  block.case_key = in.at("case").text();
  block.round = in.at("round").small_integer();
  block.attempt = in.at("attempt").small_integer();
  block.position = in.at("position").small_integer();
  block.started_utc = in.at("started_utc").text();
  block.outcome = outcome_from_json(in.at("outcome"));
  block.reason = in.at("reason").text();
  block.end = child_end_from_json(in.at("end"));
  block.iterations = in.at("iterations").integer();
  block.samples = samples_from_json(in.at("samples"));
  block.covariates = covariates_from_json(in.at("covariates"));
  block.contaminated = in.at("contaminated").texts();
  return block;
}

}  // namespace unitcost
