#include "harness/scenario/words.hpp"

#include <algorithm>
#include <array>
#include <limits>
#include <utility>

namespace unitcost {
namespace {

constexpr std::size_t kLongestName = 256;
constexpr std::string_view kLower = "abcdefghijklmnopqrstuvwxyz";
constexpr std::string_view kDigits = "0123456789";
constexpr std::array<std::pair<std::string_view, unsigned>, 4> kUnits{
    {{"KiB", 10U}, {"MiB", 20U}, {"GiB", 30U}, {"B", 0U}}};

bool is_in(char letter, std::string_view set) { return set.find(letter) != std::string_view::npos; }
bool is_lower(char letter) { return is_in(letter, kLower); }
bool is_digit(char letter) { return is_in(letter, kDigits); }

/// A lower-case letter, then lower-case letters, digits and `more`.
bool is_word(std::string_view word, std::string_view more) {
  if (word.empty() || word.size() > kLongestName || !is_lower(word.front())) return false;
  return std::all_of(word.begin(), word.end(),
                     [more](char letter) { return is_lower(letter) || is_digit(letter) || is_in(letter, more); });
}

/// Two words of `is_word` around one `separator`.
bool is_pair(std::string_view word, char separator, std::string_view more) {
  const std::size_t at = word.find(separator);
  return at != std::string_view::npos && is_word(word.substr(0, at), more) && is_word(word.substr(at + 1), more);
}

/// The unit that `text` ends in; none: an empty one.
std::pair<std::string_view, unsigned> unit_of(std::string_view text) {
  for (const auto& unit : kUnits) {
    if (text.ends_with(unit.first)) return unit;
  }
  return {{}, 0U};
}

}  // namespace

std::optional<std::uint64_t> size_in(std::string_view text) {
  const auto [unit, shift] = unit_of(text);
  text.remove_suffix(unit.size());
  if (text.empty() || text.size() > 19 || !std::all_of(text.begin(), text.end(), is_digit)) return std::nullopt;
  std::uint64_t number = 0;
  for (const char digit : text) number = number * 10U + static_cast<std::uint64_t>(digit - '0');
  // Sizes travel through JSON as signed 64-bit integers.
  constexpr auto kMost = static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max());
  if (number > (kMost >> shift)) return std::nullopt;
  return number << shift;
}

std::optional<std::uint64_t> cpu_multiple_in(std::string_view text) {
  constexpr std::size_t kMostDigits = 3;
  if (!text.ends_with('x') || text.size() > kMostDigits + 1) return std::nullopt;
  text.remove_suffix(1);
  return std::all_of(text.begin(), text.end(), is_digit) ? size_in(text) : std::nullopt;
}

bool has_size_unit(std::string_view text) { return !unit_of(text).first.empty() && size_in(text).has_value(); }

bool is_language(std::string_view word) {
  const auto is_upper = [](char letter) { return letter >= 'A' && letter <= 'Z'; };
  if (word.size() != 2 && word.size() != 5) return false;
  if (!is_lower(word[0]) || !is_lower(word[1])) return false;
  return word.size() == 2 || (word[2] == '-' && is_upper(word[3]) && is_upper(word[4]));
}

bool is_label(std::string_view word) { return is_word(word, "_"); }
bool is_axis_word(std::string_view word) { return is_word(word, "_-"); }
bool is_claim_id(std::string_view word) { return is_pair(word, '.', "-"); }
bool is_counter(std::string_view word) { return is_word(word, "_") || is_pair(word, '.', "_"); }
bool is_program(std::string_view word) { return is_pair(word, '/', "_"); }

bool is_case_name(std::string_view word) {
  return !word.empty() && word.size() <= kLongestName && std::all_of(word.begin(), word.end(), [](char letter) {
    return is_lower(letter) || is_digit(letter) || (letter >= 'A' && letter <= 'Z') || is_in(letter, "_-./:,+=<>{}");
  });
}

}  // namespace unitcost
