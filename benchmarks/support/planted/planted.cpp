#include "benchmarks/support/planted/planted.hpp"

#include <sstream>
#include <stdexcept>

#include <fmt/format.h>

namespace unitcost {
namespace {

/// The value of `--name=value`, or nothing that any line would name.
std::string value_of(const std::string& flag, const std::vector<std::string>& arguments) {
  for (const std::string& argument : arguments) {
    if (argument.starts_with(flag + "=")) return argument.substr(flag.size() + 1);
  }
  return "";
}

}  // namespace

Planted planted_for(std::string_view text, const std::vector<std::string>& arguments) {
  const std::string filter = value_of("--benchmark_filter", arguments);
  const std::string out = value_of("--benchmark_out", arguments);
  Planted planted;
  std::istringstream lines{std::string(text)};
  for (std::string line; std::getline(lines, line);) {
    std::istringstream words(line);
    std::string what;
    std::string whom;
    double share = 0.0;
    words >> what >> whom;
    if (what == "delay" && (words >> share) && share > 0.0) {
      if (whom == filter) planted.delay_share = share;
    } else if (what == "load" && !whom.empty()) {
      if (out.ends_with(whom)) planted.loads = true;
    } else {
      throw std::invalid_argument(fmt::format("planted: '{}' is neither 'delay FILTER SHARE' nor 'load ENDING'", line));
    }
  }
  return planted;
}

}  // namespace unitcost
