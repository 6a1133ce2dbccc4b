#pragma once
// Result files of other tools as sessions: JSON of Google Benchmark, pyperf and hyperfine, told apart by content. What the file cannot
// prove is said in the session's warnings; a case whose numbers cannot be trusted has a problem instead of a value.
#include <string>
#include <string_view>
#include <vector>

#include "harness/base/json.hpp"
#include "harness/compare/session.hpp"

namespace unitcost {

/// `where` begins every message, `name` is the session's. `counters`: empty for the time. Throws BadInput for what is no such file: empty,
/// cut off, not JSON, another format, a version that is not known.
Session foreign_session(std::string_view text, const std::string& where, const std::string& name,
                        const std::vector<std::string>& counters = {});

/// The readers of one format each; `session` has name and id.
void read_google_benchmark(const JsonIn& root, const std::vector<std::string>& counters, Session& session);
void read_pyperf(const JsonIn& root, const std::vector<std::string>& counters, Session& session);
void read_hyperfine(const JsonIn& root, const std::vector<std::string>& counters, Session& session);

/// Of a file that has one number a case, called `counter`: whether it was asked for.
bool is_wanted(const std::vector<std::string>& counters, const std::string& counter);
/// A number that may be null (it was NaN) or of a wrong type: then `session_case` gets a problem and the result is 0.
double finite_number(const JsonIn& in, SessionCase& session_case);
/// A value of `from` becomes a fact if it is there and is no list or object.
void copy_fact(const JsonIn& from, const std::string& key, Session& session, const std::string& name, Fact::Kind kind);
/// A case that stands twice in a file has no value: nobody knows which one was meant.
constexpr const char* kTwice = "stands twice in the file: which of them is meant is not known";

}  // namespace unitcost
