#include "harness/compare/number_ranges.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdlib>

namespace unitcost {
namespace {

bool is_digit(char letter) { return letter >= '0' && letter <= '9'; }

bool is_of_word(char letter) {
  return is_digit(letter) || (letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z') || letter == '_' ||
         letter == '-';
}

/// A sentence in pieces: texts[0] numbers[0] texts[1] … texts.back().
struct Pieces {
  std::vector<std::string> texts{""};
  std::vector<std::string> numbers;
};

/// Where the number that begins at `at` ends: digits, with a point between them; `at` itself where they are part of a word or a version.
std::size_t end_of_number(const std::string& text, std::size_t at) {
  if (at > 0 && (is_of_word(text[at - 1]) || text[at - 1] == '.')) return at;
  std::size_t end = at;
  while (end < text.size() && is_digit(text[end])) ++end;
  const std::size_t fraction = end + 1;
  if (end > at && fraction < text.size() && text[end] == '.' && is_digit(text[fraction])) {
    end = fraction;
    while (end < text.size() && is_digit(text[end])) ++end;
  }
  const bool is_version = end + 1 < text.size() && text[end] == '.' && is_digit(text[end + 1]);
  return is_version || (end < text.size() && is_of_word(text[end])) ? at : end;
}

Pieces pieces_of(const std::string& text) {
  Pieces pieces;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = is_digit(text[at]) ? end_of_number(text, at) : at;
    if (end == at) {
      pieces.texts.back() += text[at++];
      continue;
    }
    pieces.numbers.push_back(text.substr(at, end - at));
    pieces.texts.emplace_back();
    at = end;
  }
  return pieces;
}

double value_of(const std::string& number) { return std::strtod(number.c_str(), nullptr); }

}  // namespace

std::string without_numbers(const std::string& text) {
  const Pieces pieces = pieces_of(text);
  std::string joined = pieces.texts.front();
  for (std::size_t i = 0; i < pieces.numbers.size(); ++i)
    joined += "\n" + pieces.texts[i + 1];  // no text has a newline
  return joined;
}

std::string with_ranges(const std::vector<std::string>& texts) {
  std::vector<Pieces> all;
  for (const std::string& text : texts) all.push_back(pieces_of(text));
  const Pieces& first = all.front();
  std::string joined = first.texts.front();
  for (std::size_t i = 0; i < first.numbers.size(); ++i) {
    std::vector<std::string> numbers;
    for (const Pieces& pieces : all) numbers.push_back(pieces.numbers[i]);
    const auto [least, most] = std::ranges::minmax_element(numbers, {}, value_of);
    joined += *least + (value_of(*least) < value_of(*most) ? " to " + *most : "") + first.texts[i + 1];
  }
  return joined;
}

}  // namespace unitcost
