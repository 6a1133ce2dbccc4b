#include "harness/compare/foreign.hpp"

#include <algorithm>

#include <fmt/format.h>
#include <boost/json/object.hpp>

#include "harness/base/bare_nan.hpp"
#include "harness/base/digest.hpp"
#include "harness/base/error.hpp"

namespace unitcost {
namespace {

constexpr const char* kKnownFormats =
    "the JSON of Google Benchmark (--benchmark_out), pyperf (-o) and hyperfine (--export-json), and folders of runs of "
    "unitcost";

bool has(const boost::json::object& object, std::initializer_list<const char*> keys) {
  return std::ranges::all_of(keys, [&](const char* key) { return object.contains(key); });
}

void read(const JsonIn& root, const std::vector<std::string>& counters, Session& session) {
  const boost::json::object* object = root.value().if_object();
  if (object == nullptr) {
    throw BadInput(fmt::format("{}: begins with {}; what can be compared is {}", root.path(),
                               json_type_name(root.value()), kKnownFormats));
  }
  if (has(*object, {"benchmarks", "context"})) return read_google_benchmark(root, counters, session);
  if (has(*object, {"benchmarks", "version"})) return read_pyperf(root, counters, session);
  if (has(*object, {"results"})) return read_hyperfine(root, counters, session);
  if (has(*object, {"plan", "machine_id"}))
    throw BadInput(fmt::format("{}: this is a part of a run; name the run's folder instead", root.path()));
  if (has(*object, {"kind", "duel"}))
    throw BadInput(fmt::format(
        "{}: this is a duel, which compares two builds already; `unitcost gate --duel` judges it", root.path()));
  if (has(*object, {"comparisons"}) || has(*object, {"against"}))
    throw BadInput(fmt::format("{}: this is what a comparison found; name the runs behind it instead", root.path()));
  if (has(*object, {"estimates", "claims"}))
    throw BadInput(fmt::format("{}: this is an analysis; name the folder of the run behind it instead", root.path()));
  throw BadInput(fmt::format("{}: is of no known format; what can be compared is {}", root.path(), kKnownFormats));
}

}  // namespace

Session foreign_session(std::string_view text, const std::string& where, const std::string& name,
                        const std::vector<std::string>& counters) {
  if (text.find_first_not_of(" \t\r\n") == std::string_view::npos)
    throw BadInput(fmt::format("{}: is empty; was the program that writes it interrupted?", where));
  const boost::json::value document = parse_json(with_nulls_for_nan(text), where);
  Session session;
  session.name = name;
  session.id = sha256_hex(text).substr(0, 12);
  read(JsonIn(document, where), counters, session);
  if (session.cases.empty()) throw BadInput(fmt::format("{}: has no case", where));
  return session;
}

bool is_wanted(const std::vector<std::string>& counters, const std::string& counter) {
  return counters.empty() || std::ranges::find(counters, counter) != counters.end();
}

double finite_number(const JsonIn& in, SessionCase& session_case) {
  if (in.value().is_number()) return in.number();
  session_case.problem = in.is_null() ? "one of its values is not a finite number"
                                      : fmt::format("one of its values is {}", json_type_name(in.value()));
  return 0.0;
}

void copy_fact(const JsonIn& from, const std::string& key, Session& session, const std::string& name, Fact::Kind kind) {
  const auto found = from.find(key);
  if (found && !found->value().is_structured()) session.facts[name] = {kind, found->value(), ""};
}

}  // namespace unitcost
