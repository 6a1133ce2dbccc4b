// The values of one axis on one machine under one profile.
#include <algorithm>

#include <fmt/format.h>

#include "harness/base/error.hpp"
#include "harness/base/nearest.hpp"
#include "harness/scenario/expand.hpp"
#include "harness/scenario/faults.hpp"
#include "harness/scenario/words.hpp"

namespace unitcost {
namespace {

void sort_unique(std::vector<std::uint64_t>& numbers) {
  std::sort(numbers.begin(), numbers.end());
  numbers.erase(std::unique(numbers.begin(), numbers.end()), numbers.end());
}

/// Every power of two up to times × cpus, and cpus and times × cpus themselves.
std::vector<std::uint64_t> cpu_counts(int cpus, int times) {
  const auto own = static_cast<std::uint64_t>(std::max(cpus, 1));
  const std::uint64_t most = own * static_cast<std::uint64_t>(times);
  std::vector<std::uint64_t> counts{own, most};
  for (std::uint64_t power = 1; power <= most; power *= 2) counts.push_back(power);
  sort_unique(counts);
  return counts;
}

std::vector<std::uint64_t> base_numbers(const Axis& axis, const ExpandOptions& options) {
  if (axis.cpus_times > 0) return cpu_counts(options.cpus, axis.cpus_times);
  if (!axis.is_range) return axis.numbers;
  const bool dense = options.dense || (options.profile != nullptr && options.profile->dense);
  return size_grid(axis.from, axis.to, dense ? 4 : axis.per_octave);
}

/// A number, a size, or of counts of CPUs a multiple of those that there are ("2x").
std::optional<std::uint64_t> number_in(const std::string& text, const Axis& axis, int cpus) {
  if (axis.cpus_times == 0) return size_in(text);
  const std::optional<std::uint64_t> times = cpu_multiple_in(text);
  return times ? *times * static_cast<std::uint64_t>(std::max(cpus, 1)) : size_in(text);
}

/// Keeps the numbers that the profile names. Values of a machine's CPUs may be absent on it, others must exist.
std::vector<std::uint64_t> limited(const std::vector<std::uint64_t>& numbers, const std::vector<std::string>& kept,
                                   const Axis& axis, int cpus, const std::string& key) {
  std::vector<std::uint64_t> result;
  for (const std::string& text : kept) {
    const std::optional<std::uint64_t> number = number_in(text, axis, cpus);
    if (number && std::find(numbers.begin(), numbers.end(), *number) != numbers.end()) {
      result.push_back(*number);
    } else if (!number || axis.cpus_times == 0) {
      throw BadInput(fmt::format("profile: axis_limits {}: the axis has no value {}", in_quotes(key), in_quotes(text)));
    }
  }
  sort_unique(result);
  return result.empty() ? std::vector<std::uint64_t>{numbers.front()} : result;
}

/// Four points an octave within an octave of every cliff, inside of the numbers there are.
std::vector<std::uint64_t> with_cliffs(std::vector<std::uint64_t> numbers, const std::vector<std::uint64_t>& cliffs,
                                       int near_cliffs) {
  if (numbers.empty()) return numbers;
  const std::uint64_t first = numbers.front();
  const std::uint64_t last = numbers.back();
  for (const std::uint64_t cliff : cliffs) {
    const std::vector<std::uint64_t> near =
        size_grid(std::max(first, cliff / 2), std::min(last, cliff * 2), near_cliffs);
    numbers.insert(numbers.end(), near.begin(), near.end());
  }
  sort_unique(numbers);
  return numbers;
}

std::vector<std::string> limited_words(const Axis& axis, const std::vector<std::string>& kept, const std::string& key) {
  for (const std::string& word : kept) {
    if (std::find(axis.words.begin(), axis.words.end(), word) != axis.words.end()) continue;
    throw BadInput(fmt::format("profile: axis_limits {}: the axis has no value {}{}", in_quotes(key), in_quotes(word),
                               did_you_mean_or_known(word, axis.words)));
  }
  std::vector<std::string> result;
  for (const std::string& word : axis.words) {
    if (std::find(kept.begin(), kept.end(), word) != kept.end()) result.push_back(word);
  }
  return result;
}

}  // namespace

std::vector<std::uint64_t> size_grid(std::uint64_t from, std::uint64_t to, int per_octave) {
  std::vector<std::uint64_t> sizes;
  for (unsigned k = 0; k < 63U; ++k) {
    const std::uint64_t octave = std::uint64_t{1} << k;
    if (octave > to) break;
    for (std::uint64_t quarter = 0; quarter < 4; quarter += static_cast<std::uint64_t>(4 / per_octave)) {
      if (octave * quarter % 4 != 0 && k < 2U) continue;  // no whole number of bytes
      const std::uint64_t size = octave + octave / 4 * quarter + (octave % 4) * quarter / 4;
      if (size >= from && size <= to) sizes.push_back(size);
    }
  }
  return sizes;
}

std::vector<std::string> axis_values(const Scenario& scenario, const std::string& name, const ExpandOptions& options) {
  const Axis& axis = scenario.axes.at(name);
  const std::string key = scenario.id + ":" + name;
  const std::vector<std::string>* kept = nullptr;
  if (options.profile != nullptr) {
    const auto limit = options.profile->axis_limits.find(key);
    if (limit != options.profile->axis_limits.end()) kept = &limit->second;
  }
  if (axis.kind == Axis::Kind::kWords) return kept == nullptr ? axis.words : limited_words(axis, *kept, key);

  std::vector<std::uint64_t> numbers = base_numbers(axis, options);
  if (kept != nullptr) numbers = limited(numbers, *kept, axis, options.cpus, key);
  const auto cliffs = options.cliffs.find(key);
  const bool looks_closer = options.profile == nullptr || options.profile->near_cliffs;
  if (looks_closer && kept == nullptr) {
    numbers.insert(numbers.end(), axis.also.begin(), axis.also.end());
    sort_unique(numbers);
  }
  const bool wanted = axis.near_cliffs > 0 && looks_closer;
  if (wanted && cliffs != options.cliffs.end())
    numbers = with_cliffs(std::move(numbers), cliffs->second, axis.near_cliffs);
  std::vector<std::string> texts;
  for (const std::uint64_t number : numbers) texts.push_back(std::to_string(number));
  return texts;
}

}  // namespace unitcost
