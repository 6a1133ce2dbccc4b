#include "harness/analyse/wording.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

#include <fmt/format.h>

namespace unitcost {
namespace {

struct Prefix {
  double bytes;
  const char* text;
};

Prefix prefix_of(double bytes) {
  constexpr std::array<Prefix, 3> kPrefixes{{{1073741824.0, "GiB"}, {1048576.0, "MiB"}, {1024.0, "KiB"}}};
  for (const auto& prefix : kPrefixes) {
    if (std::abs(bytes) >= prefix.bytes) return prefix;
  }
  return {1.0, "bytes"};
}

std::string shown_unit(const std::string& unit) { return unit == "ratio" ? "×" : unit == "us" ? "µs" : unit; }

/// The number alone and its unit, separated so that "1–2 ns" says the unit once.
std::pair<std::string, std::string> split_unit(double value, const std::string& unit) {
  if (unit == "bytes") {
    const Prefix prefix = prefix_of(value);
    // Sizes are often whole: "48 KiB", not "48.0 KiB".
    const double number = value / prefix.bytes;
    return {std::abs(number) >= 999.5 ? fmt::format("{:.0f}", number) : fmt::format("{:.3g}", number), prefix.text};
  }
  return {three_digits(value), shown_unit(unit)};
}

std::string join(const std::string& number, const std::string& unit) {
  return unit.empty() ? number : number + " " + unit;
}

bool has_ending(const std::string& text, const std::string& ending) {
  return text.size() > ending.size() && text.ends_with(ending);
}

/// A rate says how much was done in a time: "bytes_per_second", "ops_per_us". "ns_per_item" is none.
bool is_rate(const std::string& counter) {
  constexpr std::array<const char*, 7> kTimes{"ns", "us", "ms", "s", "second", "cycle", "clock"};
  return std::ranges::any_of(kTimes,
                             [&](const char* time) { return has_ending(counter, std::string("_per_") + time); });
}

std::string replace_all(std::string text, const std::string& from, const std::string& to) {
  for (auto at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size()))
    text.replace(at, from.size(), to);
  return text;
}

/// "24 600", with a narrow space that no line is broken at; four digits stay together.
std::string in_thousands(std::string digits) {
  const std::size_t sign = digits.starts_with('-') ? 1 : 0;
  if (digits.size() - sign <= 4) return digits;
  for (std::size_t at = digits.size() - 3; at > sign; at -= std::min<std::size_t>(at, 3)) digits.insert(at, "\u202f");
  return digits;
}

}  // namespace

std::string three_digits(double value) {
  if (std::isnan(value)) return "–";
  if (value == 0.0) return "0";
  const double magnitude = std::abs(value);
  if (magnitude >= 1e9 || magnitude < 1e-4) return fmt::format("{:.2e}", value);
  if (magnitude >= 999.5) {
    const double step = std::pow(10.0, std::floor(std::log10(magnitude)) - 2.0);
    return in_thousands(fmt::format("{:.0f}", std::round(value / step) * step));
  }
  int decimals = 0;
  for (double reach = 99.95; magnitude < reach; reach /= 10.0) ++decimals;
  return fmt::format("{:.{}f}", value, decimals);
}

std::string with_unit(double value, const std::string& unit) {
  const auto [number, text] = split_unit(value, unit);
  return join(number, text);
}

std::string with_fitting_unit(double value, const std::string& unit) {
  const auto seconds = seconds_per(unit);
  if (!seconds) return with_unit(value, unit);
  constexpr double kLeast = 0.9995;  // is 1.00 with three digits
  const double value_s = value * *seconds;
  for (const auto& [name, unit_s] : {std::pair{"s", 1.0}, std::pair{"ms", 1e-3}, std::pair{"µs", 1e-6}}) {
    if (std::abs(value_s) >= kLeast * unit_s) return with_unit(value_s / unit_s, name);
  }
  return with_unit(value_s * 1e9, "ns");
}

std::string counted(int count, const std::string& noun) {
  return fmt::format("{} {}{}", count, noun, count == 1 ? "" : "s");
}

std::string interval_text(double low, double high, const std::string& unit) {
  if (unit == "bytes") return fmt::format("[{}, {}]", with_unit(low, unit), with_unit(high, unit));
  return fmt::format("[{}, {}]", three_digits(low), three_digits(high));
}

std::string range_text(std::optional<double> low, std::optional<double> high, bool strict, const std::string& unit) {
  // Edges were chosen by people: "2", not "2.00".
  const auto plain = [](double value, const std::string& in) {
    if (in != "bytes") return std::pair<std::string, std::string>{fmt::format("{:.4g}", value), shown_unit(in)};
    const Prefix prefix = prefix_of(value);
    return std::pair<std::string, std::string>{fmt::format("{:.4g}", value / prefix.bytes), prefix.text};
  };
  if (!low && !high) return "reported";
  if (low && high) {
    const auto [low_number, low_unit] = plain(*low, unit);
    const auto [high_number, high_unit] = plain(*high, unit);
    if (*low == *high)
      return "exactly " + join(low_number, *low == 1.0 && low_unit.ends_with('s') && low_unit.size() > 2
                                               ? low_unit.substr(0, low_unit.size() - 1)
                                               : low_unit);
    if (low_unit == high_unit) return join(low_number + "–" + high_number, high_unit);
    return join(low_number, low_unit) + "–" + join(high_number, high_unit);
  }
  const auto [number, text] = plain(low ? *low : *high, unit);
  const char* const words = low ? (strict ? "above" : "at least") : (strict ? "below" : "at most");
  return fmt::format("{} {}", words, join(number, text));
}

std::string spaced(std::string word) {
  std::ranges::replace(word, '_', ' ');
  return word;
}

std::string unit_of_counter(const std::string& counter) {
  if (is_rate(counter) && has_ending(counter, "_us"))
    return replace_all(counter.substr(0, counter.size() - 2), "_per_", "/") + "µs";
  if (is_rate(counter)) return replace_all(replace_all(counter, "_per_second", "/s"), "_per_", "/");
  if (has_ending(counter, "_us")) return "µs";
  for (const char* const unit : {"ns", "ms", "s", "ratio", "bytes", "faults", "calls"}) {
    if (has_ending(counter, std::string("_") + unit)) return unit;
  }
  if (counter.find("_per_") != std::string::npos)
    return replace_all(replace_all(counter, "_per_second", "/s"), "_per_", "/");
  if (counter == "syscalls" || counter.starts_with("syscalls.")) return "calls";
  return counter == "faults" ? "faults" : "";
}

std::string title_of_counter(const std::string& counter) {
  for (const char* const ending : {"_ns", "_us", "_ms", "_s"}) {
    if (is_rate(counter) || !has_ending(counter, ending)) continue;
    const std::string what = spaced(counter.substr(0, counter.size() - std::string(ending).size()));
    const bool is_percentile = what.find(" p9") != std::string::npos || what.find(" p5") != std::string::npos;
    return is_percentile ? what : "time per " + what;
  }
  return spaced(has_ending(counter, "_ratio") ? counter.substr(0, counter.size() - std::string("_ratio").size())
                                              : counter);
}

std::optional<bool> lower_is_better(const std::string& counter) {
  if (is_rate(counter)) return false;
  const std::string unit = unit_of_counter(counter);
  // Before the words below: "shared_lock_ns" is a time, and no share.
  if (seconds_per(unit)) return true;
  for (const char* const good : {"per_second", "speedup", "fairness", "share"}) {
    if (counter.find(good) != std::string::npos) return false;
  }
  if (unit == "calls" || unit == "faults" || unit.find('/') != std::string::npos) return true;
  return std::nullopt;
}

std::optional<double> seconds_per(const std::string& unit) {
  if (unit == "ns") return 1e-9;
  if (unit == "us" || unit == "µs" || unit == "μs") return 1e-6;
  if (unit == "ms") return 1e-3;
  if (unit == "s") return 1.0;
  return std::nullopt;
}

}  // namespace unitcost
