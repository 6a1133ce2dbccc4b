#include "harness/export/escape.hpp"

#include <algorithm>
#include <cctype>

#include <fmt/format.h>

namespace unitcost {
namespace {

bool is_control(char letter) { return static_cast<unsigned char>(letter) < 0x20U || letter == 0x7F; }

bool is_letter_or_digit(char letter) { return std::isalnum(static_cast<unsigned char>(letter)) != 0; }

/// U+FFFE and U+FFFF, which UTF-8 can write and XML cannot hold.
bool is_no_character(std::string_view letters) { return letters == "\xEF\xBF\xBE" || letters == "\xEF\xBF\xBF"; }

std::string percent_escaped(std::string_view text, std::string_view letters) {
  std::string result;
  for (const char letter : text) {
    if (letters.find(letter) == std::string_view::npos) result += letter;
    else result += fmt::format("%{:02X}", static_cast<unsigned char>(letter));
  }
  return result;
}

}  // namespace

std::string xml_escaped(std::string_view text) {
  std::string result;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const char letter = text[at];
    if (is_no_character(text.substr(at, 3))) {
      result += "\xEF\xBF\xBD";
      at += 2;
    } else if (letter == '&') result += "&amp;";
    else if (letter == '<') result += "&lt;";
    else if (letter == '>') result += "&gt;";
    else if (letter == '"') result += "&quot;";
    else if (letter == '\n' || letter == '\r' || letter == '\t')
      result += fmt::format("&#{};", static_cast<int>(letter));
    else if (is_control(letter)) result += "\xEF\xBF\xBD";
    else result += letter;
  }
  return result;
}

std::string markdown_escaped(std::string_view text) {
  // Entities are text to Markdown, whatever they stand for.
  constexpr std::string_view kSpecial = "&<>|*`[]\\@~#!";
  std::string result;
  const auto is_in_word = [&](std::size_t at) { return at < text.size() && is_letter_or_digit(text[at]); };
  for (std::size_t at = 0; at < text.size(); ++at) {
    const char letter = text[at];
    const bool starts_address = letter == ':' && text.substr(at).starts_with("://");
    const bool is_outer_underscore = letter == '_' && !(at > 0 && is_in_word(at - 1) && is_in_word(at + 1));
    if (is_control(letter)) result += ' ';
    else if (kSpecial.find(letter) != std::string_view::npos || starts_address || is_outer_underscore)
      result += fmt::format("&#{};", static_cast<int>(letter));
    else result += letter;
    // GitHub looks for mentions and numbers of issues behind the entities: a space of no width ends them.
    if ((letter == '@' || letter == '#') && is_in_word(at + 1)) result += "&#8203;";
  }
  return result;
}

std::string markdown_code(std::string_view text) { return "<code>" + markdown_escaped(text) + "</code>"; }

std::string github_data(std::string_view text) { return percent_escaped(text, "%\r\n"); }

std::string github_property(std::string_view text) { return percent_escaped(text, "%\r\n:,"); }

std::string openmetrics_escaped(std::string_view text) {
  std::string result;
  for (const char letter : text) {
    if (letter == '\\' || letter == '"') result += '\\';
    if (letter == '\n') result += "\\n";
    else result += letter;
  }
  return result;
}

std::string csv_field(std::string_view text) {
  if (text.find_first_of(",\"\r\n") == std::string_view::npos) return std::string(text);
  std::string result = "\"";
  for (const char letter : text) {
    if (letter == '"') result += '"';
    result += letter;
  }
  return result + '"';
}

std::string printable(std::string_view text) {
  std::string result(text);
  std::ranges::replace_if(result, is_control, '?');
  return result;
}

std::size_t characters(std::string_view text) {
  return static_cast<std::size_t>(
      std::ranges::count_if(text, [](char byte) { return (static_cast<unsigned char>(byte) & 0xC0U) != 0x80U; }));
}

std::string padded(const std::string& text, std::size_t width) {
  return text + std::string(width - std::min(width, characters(text)), ' ');
}

}  // namespace unitcost
