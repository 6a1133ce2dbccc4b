#include "benchmarks/support/options.hpp"

#include <charconv>
#include <stdexcept>
#include <string_view>

#include <fmt/format.h>

namespace unitcost {
namespace {

template <class Integer>
Integer positive_whole_number(std::string_view argument, std::string_view value) {
  Integer number{};
  const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), number);
  if (error != std::errc{} || end != value.data() + value.size() || number < 1) {
    throw std::invalid_argument(fmt::format("{}: wants a whole number of at least 1", argument));
  }
  return number;
}

bool is_true(std::string_view value) { return value != "false" && value != "0" && value != "no" && value != "off"; }

}  // namespace

Options take_options(std::vector<std::string>& arguments) {
  Options options;
  std::vector<std::string> left;
  for (const std::string& argument : arguments) {
    const std::string_view text = argument;
    const auto equals = text.find('=');
    const std::string_view flag = text.substr(0, equals);
    const std::string_view value = equals == std::string_view::npos ? "" : text.substr(equals + 1);
    if (flag == "--unitcost_iterations") {
      options.iterations = positive_whole_number<std::int64_t>(argument, value);
    } else if (flag == "--unitcost_sample_ms") {
      options.sample_s = 1e-3 * static_cast<double>(positive_whole_number<std::int64_t>(argument, value));
    } else if (flag == "--unitcost_seed") {
      options.seed = positive_whole_number<std::uint64_t>(argument, value);
    } else if (flag == "--benchmark_list_tests") {
      options.list = is_true(value);
    } else if (flag == "--benchmark_filter") {
      options.filter = value == "all" ? "" : std::string(value);
    } else {
      if (flag == "--benchmark_out") {
        options.writes_file = true;
        options.out_path = value;
      }
      left.push_back(argument);
    }
  }
  arguments = std::move(left);
  return options;
}

}  // namespace unitcost
