// The scenario of a program without one. What a run stores is read back as strictly as a scenario file is, while programs and cases of others may
// be called anything: so the scenario spells their names with the letters that it may have. The plan keeps them as they are.
#include <algorithm>
#include <cctype>
#include <set>

#include <fmt/format.h>

#include "harness/run/foreign.hpp"
#include "harness/scenario/sections.hpp"
#include "harness/scenario/words.hpp"

namespace unitcost {
namespace {

constexpr std::size_t kLongestWord = 200;  // room for a number behind it

/// Lower-case letters, digits and single underscores; `prefix` before what does not begin with a letter.
std::string spelt_label(const std::string& name, const std::string& prefix) {
  std::string word;
  for (const char letter : name.substr(0, kLongestWord)) {
    const auto lower = static_cast<char>(std::tolower(static_cast<unsigned char>(letter)));
    const bool is_plain = (lower >= 'a' && lower <= 'z') || (lower >= '0' && lower <= '9');
    if (is_plain) word += lower;
    else if (!word.ends_with('_')) word += '_';
  }
  return is_label(word) ? word : prefix + word;
}

/// A name of a benchmark without braces, which would stand for an axis.
std::string spelt_name(const std::string& name) {
  std::string word = name.substr(0, kLongestWord);
  std::replace_if(
      word.begin(), word.end(),
      [](char letter) { return letter == '{' || letter == '}' || !is_case_name(std::string_view(&letter, 1)); }, '_');
  return word;
}

/// `word`, or with the first number behind it that makes it another than all before.
std::string told_apart(const std::string& word, std::set<std::string>& used) {
  std::string fresh = word;
  for (int number = 2; !used.insert(fresh).second; ++number) fresh = fmt::format("{}_{}", word, number);
  return fresh;
}

}  // namespace

std::string scenario_id_of(const ForeignProgram& program) {
  return kForeignFamily + spelt_label(program.name, "program_");
}

std::vector<std::string> labels_of(const ForeignProgram& program) {
  std::set<std::string> used(run_keys().begin(), run_keys().end());  // no label may be called like one of these
  std::vector<std::string> labels;
  for (const std::string& name : program.cases) labels.push_back(told_apart(spelt_label(name, "case_"), used));
  return labels;
}

Scenario scenario_of(const ForeignProgram& program) {
  Scenario scenario;
  scenario.id = scenario_id_of(program);
  scenario.question = {{"en", fmt::format("What do the cases of {} cost?", program.name)}};
  scenario.why = {{"en", "The program was measured by itself, without a scenario: nothing is claimed about it."}};
  scenario.reading = {{"en", "Each case stands for itself; its counters are those that the program reports."}};
  scenario.run.cpus = "all";
  scenario.run.sample_ms = kForeignSampleMs;
  scenario.case_order = labels_of(program);
  std::set<std::string> used;
  for (std::size_t at = 0; at < program.cases.size(); ++at) {
    scenario.cases[scenario.case_order[at]] = {scenario.id, told_apart(spelt_name(program.cases[at]), used),
                                               Observe::kTime};
  }
  return scenario;
}

}  // namespace unitcost
