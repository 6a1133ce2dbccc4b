#include "harness/compare/facts.hpp"

#include <algorithm>
#include <map>
#include <tuple>

#include <fmt/format.h>
#include <boost/json/object.hpp>

#include "harness/base/error.hpp"
#include "harness/base/nearest.hpp"
#include "harness/machine/facts.hpp"

namespace unitcost {
namespace {

constexpr const char* kNotRecorded = "not recorded";
constexpr double kMemoryTolerance = 1.01;

struct Values {
  Fact::Kind kind = Fact::Kind::kIdentity;
  std::map<std::string, std::size_t> a;  // text -> sessions
  std::map<std::string, std::size_t> b;
  std::vector<double> numbers;
};

void add(std::map<std::string, Values>& facts, const std::string& name, const Fact& fact, bool is_a) {
  Values& values = facts[name];
  values.kind = fact.kind;
  ++(is_a ? values.a : values.b)[fact_text(fact)];
  if (fact.value.is_number()) values.numbers.push_back(fact.value.to_number<double>());
}

void add_side(std::map<std::string, Values>& facts, const Side& side, bool is_a) {
  for (const Session& session : side.sessions) {
    for (const auto& [name, fact] : session.facts) {
      const boost::json::object* object = fact.value.if_object();
      if (object == nullptr) {
        add(facts, name, fact, is_a);
        continue;
      }
      for (const auto& entry : *object)
        add(facts, fmt::format("{}.{}", name, std::string_view(entry.key())), {fact.kind, entry.value(), ""}, is_a);
    }
  }
}

std::vector<std::string> texts_of(const std::map<std::string, std::size_t>& counts, std::size_t sessions) {
  std::vector<std::string> texts;
  std::size_t recorded = 0;
  for (const auto& [text, count] : counts) {
    texts.push_back(text);
    recorded += count;
  }
  if (recorded < sessions) texts.emplace_back(kNotRecorded);
  return texts;
}

bool agree(const std::string& name, const Values& values, const FactDifference& difference, std::size_t sessions) {
  if (difference.a.size() == 1 && difference.a == difference.b) return true;
  if (name != "memory_bytes" || values.numbers.size() < sessions) return false;
  const auto [least, most] = std::ranges::minmax(values.numbers);
  return least > 0.0 && most <= least * kMemoryTolerance;
}

std::string group_of(const std::string& name, Fact::Kind kind) {
  const auto is_one_of = [](const std::string& word, std::initializer_list<const char*> words) {
    return std::ranges::find(words, word) != words.end();
  };
  const std::string whole = name.substr(0, name.find('.'));
  if (is_one_of(whole, {"commit", "version", "dirty"})) return "code";
  if (is_one_of(whole, {"kernel", "kernel_options", "mitigations"})) return "kernel";
  if (is_one_of(whole, {"compiler", "flags", "sanitizers", "benchmark", "boost", "python", "python_gil",
                        "library_build_type", "python_implementation"}))
    return "build";
  return kind == Fact::Kind::kIdentity ? "machine" : "";
}

/// Those that agree over all sessions, or those that do not, identity first.
std::vector<FactDifference> compared_facts(const Side& a, const Side& b, bool that_agree) {
  std::map<std::string, Values> facts;
  add_side(facts, a, true);
  add_side(facts, b, false);
  std::vector<FactDifference> found;
  for (const auto& [name, values] : facts) {
    FactDifference difference{name, values.kind, texts_of(values.a, a.sessions.size()),
                              texts_of(values.b, b.sessions.size()), group_of(name, values.kind)};
    if (agree(name, values, difference, a.sessions.size() + b.sessions.size()) == that_agree)
      found.push_back(std::move(difference));
  }
  std::ranges::stable_sort(found, {}, [](const FactDifference& difference) { return difference.kind; });
  return found;
}

}  // namespace

std::vector<FactDifference> differing_facts(const Side& a, const Side& b) { return compared_facts(a, b, false); }

std::vector<FactDifference> agreeing_facts(const Side& a, const Side& b) { return compared_facts(a, b, true); }

bool is_declared(const FactDifference& difference, const std::set<std::string>& vary) {
  return difference.kind == Fact::Kind::kMoving || difference.group == "code" || vary.contains(difference.group) ||
         vary.contains(difference.name) || vary.contains(difference.name.substr(0, difference.name.find('.')));
}

void check_vary(const std::set<std::string>& vary, const Side& a, const Side& b) {
  std::set<std::string> known{"kernel", "build", "machine"};
  for (const Side* side : {&a, &b}) {
    for (const Session& session : side->sessions) {
      for (const auto& [name, fact] : session.facts) known.insert(name);
    }
  }
  for (const FactDifference& difference : differing_facts(a, b)) known.insert(difference.name);
  for (const std::string& word : vary) {
    if (known.contains(word)) continue;
    throw BadInput(fmt::format("--vary {}: neither kernel, build or machine nor a fact of these runs{}", word,
                               did_you_mean(word, {known.begin(), known.end()})));
  }
}

std::string kind_text(Fact::Kind kind) {
  return kind == Fact::Kind::kIdentity ? "identity" : kind == Fact::Kind::kSetUp ? "set-up" : "moving";
}

}  // namespace unitcost
