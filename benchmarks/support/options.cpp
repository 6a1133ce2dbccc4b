#include "benchmarks/support/options.hpp"

#include <array>
#include <charconv>
#include <stdexcept>
#include <string_view>

namespace unitcost {
namespace {

template <class Integer>
Integer whole_number(std::string_view argument, std::string_view value, Integer least) {
  Integer number{};
  const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), number);
  if (error != std::errc{} || end != value.data() + value.size() || number < least) {
    throw std::invalid_argument(std::string(argument) + ": wants a whole number of at least " + std::to_string(least));
  }
  return number;
}

template <class Integer>
Integer positive_whole_number(std::string_view argument, std::string_view value) {
  return whole_number<Integer>(argument, value, 1);
}

/// "SOCKET,first|second,SLICES,WARM_UP_ITERATIONS"
PairOptions pair_options(std::string_view argument, std::string_view value) {
  std::array<std::string_view, 4> parts;
  std::size_t count = 0;
  for (bool more = true; more && count < parts.size(); ++count) {
    const auto comma = value.find(',');
    parts[count] = value.substr(0, comma);
    more = comma != std::string_view::npos;
    value.remove_prefix(more ? comma + 1 : value.size());
  }
  if (count != parts.size() || !value.empty() || (parts[1] != "first" && parts[1] != "second")) {
    throw std::invalid_argument(std::string(argument) + ": wants SOCKET,first|second,SLICES,WARM_UP_ITERATIONS");
  }
  return {whole_number(argument, parts[0], 0), parts[1] == "first", whole_number(argument, parts[2], 1),
          whole_number<std::int64_t>(argument, parts[3], 0)};
}

void check_pair(const Options& options) {
  if (options.pair && (!options.iterations || options.out_path.empty()))
    throw std::invalid_argument("--unitcost_token: wants --unitcost_iterations and --benchmark_out besides");
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
    } else if (flag == "--unitcost_token") {
      options.pair = pair_options(argument, value);
    } else if (flag == "--unitcost_abilities") {
      options.tells_abilities = true;
    } else if (flag == "--benchmark_list_tests") {
      options.list = is_true(value);
    } else if (flag == "--benchmark_filter") {
      options.filter = value == "all" ? "" : std::string(value);
    } else {
      if (flag == "--benchmark_out") {
        options.writes_file = true;
        options.out_path = value;
      } else if (flag == "--benchmark_out_format") {
        options.out_format = value;
      } else if (flag == "--benchmark_repetitions") {
        options.repetitions = positive_whole_number<int>(argument, value);
      }
      left.push_back(argument);
    }
  }
  check_pair(options);
  if (options.pair)
    std::erase_if(left, [](const std::string& argument) { return argument.starts_with("--benchmark_out"); });
  arguments = std::move(left);
  return options;
}

}  // namespace unitcost
