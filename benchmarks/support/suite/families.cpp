#include "benchmarks/support/suite/families.hpp"

#include <algorithm>
#include <iostream>
#include <ostream>
#include <set>
#include <sstream>
#include <stdexcept>
#include <string_view>
#include <utility>

#include "benchmarks/support/frame.hpp"
#include "benchmarks/support/reporters.hpp"
#include "benchmarks/support/suite/recorded.hpp"

namespace unitcost {
namespace {

// Google Benchmark ends the program on Iterations() after MinTime(), and nothing takes a MinTime() back. An explicit instantiation may name
// private members (C++20, temp.spec 6), so this opens the three that have no setter for "none"; they have had these names since 1.7.
template <class Tag, auto kMember>
struct Open {
  friend constexpr auto member(Tag) { return kMember; }
};
struct MinTime {
  friend constexpr auto member(MinTime);
};
struct MinWarmUpTime {
  friend constexpr auto member(MinWarmUpTime);
};
struct Iterations {
  friend constexpr auto member(Iterations);
};
template struct Open<MinTime, &Family::min_time_>;
template struct Open<MinWarmUpTime, &Family::min_warmup_time_>;
template struct Open<Iterations, &Family::iterations_>;

constexpr std::int64_t kProbe = 4'000'000'000'000'007;  // in no benchmark's name

void switch_listing(const std::string& program, bool is_on) {
  std::vector<std::string> arguments{program, is_on ? "--benchmark_list_tests=true" : "--benchmark_list_tests=false"};
  initialize(arguments);
}

/// `complaints`: where Google Benchmark says what is wrong with the filter.
std::vector<std::string> list(const std::string& program, const std::string& filter, std::ostream* complaints) {
  Kept reporter;
  std::stringstream listed;
  std::ostream nowhere(nullptr);
  reporter.SetOutputStream(&listed);
  reporter.SetErrorStream(complaints == nullptr ? &nowhere : complaints);
  switch_listing(program, true);
  benchmark::RunSpecifiedBenchmarks(&reporter, nullptr, filter);
  switch_listing(program, false);
  std::vector<std::string> names;
  for (std::string name; std::getline(listed, name);) names.push_back(name);
  return names;
}

std::string escaped(const std::string& name) {
  std::string text;
  for (const char c : name) {
    if (std::string_view(R"(\^$.|?*+()[]{})").find(c) != std::string_view::npos) text += '\\';
    text += c;
  }
  return text;
}

}  // namespace

std::vector<std::string> list_names(const std::string& program, const std::string& filter) {
  return list(program, filter, &std::cerr);
}

Families::Families(std::string program) : program_(std::move(program)), names_(list(program_, ".", nullptr)) {
  for (Family* family : recorded_families()) {
    own_iterations_.push_back(static_cast<std::int64_t>(family->*member(Iterations{})));
    family->*member(Iterations{}) = kProbe;
  }
  const std::vector<std::string> probed = list(program_, ".", nullptr);
  for (std::size_t at = 0; at < names_.size(); ++at) is_reached_.push_back(probed.at(at) != names_[at]);
  for (std::size_t at = 0; at < own_iterations_.size(); ++at)
    recorded_families()[at]->*member(Iterations{}) = own_iterations_[at];
}

void Families::set(const Cut& cut) const {
  for (std::size_t at = 0; at < own_iterations_.size(); ++at) {
    Family* family = recorded_families()[at];
    family->*member(MinTime{}) = 0.0;
    family->*member(MinWarmUpTime{}) = 0.0;
    family->*member(Iterations{}) = own_iterations_[at];
    if (own_iterations_[at] == 0) {
      if (cut.iterations) family->Iterations(*cut.iterations);
      else family->MinTime(cut.sample_s);
    }
    // Whoever asks for samples gets each of them, and no curve through a part of its sizes.
    family->Repetitions(cut.repetitions)->ReportAggregatesOnly(false)->Complexity(benchmark::oNone);
  }
}

Called Families::called(const std::vector<std::string>& names) const {
  const std::vector<std::string> now = list(program_, ".", nullptr);  // a cut changes the names, never their order
  const std::set<std::string> wanted(names.begin(), names.end());
  Called called;
  std::string patterns;
  for (std::size_t at = 0; at < names_.size(); ++at) {
    if (!wanted.contains(names_[at])) continue;
    if (!is_reached_[at]) {
      throw std::invalid_argument(
          names_[at] +
          ": this benchmark was registered by a shared library, or the program was not linked as "
          "unitcost::benchmark_main asks; its iterations cannot be set. Compile its file into the program");
    }
    called.as_registered[now.at(at)] = names_[at];
    patterns += (patterns.empty() ? "" : "|") + escaped(now[at]);
  }
  called.filter = "^(" + patterns + ")$";
  return called;
}

}  // namespace unitcost
