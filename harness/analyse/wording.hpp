#pragma once
// How numbers are said in sentences: three significant digits, unit behind. The file has six digits; this is for people.
#include <optional>
#include <string>

namespace unitcost {

/// "1.52", "168", "12300", "0.00271"; "–" for NaN.
std::string three_digits(double value);

/// "1.52 ns", "48 KiB", "2.95 ×", "0.5 calls". Unit "bytes" is said in KiB, MiB, GiB; "ratio" is ×; an empty unit is left out.
std::string with_unit(double value, const std::string& unit);

/// The same in the unit of time that fits the size: "101 ms" of 101e6 ns. Everything else as with_unit says it.
std::string with_fitting_unit(double value, const std::string& unit);

/// "1 regression", "2 regressions".
std::string counted(int count, const std::string& noun);

/// "[1.51, 1.53]", "[44 KiB, 52 KiB]".
std::string interval_text(double low, double high, const std::string& unit);

/// "1–2 ns", "at least 2 ×", "below 1 ×", "exactly 2"; "reported" without edges. `strict`: the edges are excluded.
std::string range_text(std::optional<double> low, std::optional<double> high, bool strict, const std::string& unit);

/// A word of a file as people read it: "random_huge" -> "random huge".
std::string spaced(std::string word);

/// Of a counter: "access_ns" -> "ns", "bytes_per_second" -> "bytes/s", "faults_per_page" -> "faults/page", "speedup_ratio" -> "ratio"; empty for a plain number.
std::string unit_of_counter(const std::string& counter);
/// "access_ns" -> "time per access", "bytes_per_second" -> "bytes per second".
std::string title_of_counter(const std::string& counter);
/// Nothing for a number that is neither good nor bad ("peak_inside").
std::optional<bool> lower_is_better(const std::string& counter);

/// Seconds in one unit of time ("ns", "us", "µs", "ms", "s"), or nothing.
std::optional<double> seconds_per(const std::string& unit);

}  // namespace unitcost
