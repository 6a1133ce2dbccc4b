// The text of analysis.json: our own writer, because the six digits and the line breaks must be the same everywhere and for every version
// of the JSON library.
#include <array>
#include <charconv>
#include <cmath>
#include <cstddef>

#include <boost/json/serialize.hpp>

#include "harness/analyse/analyse.hpp"

namespace unitcost {
namespace {

// A claim, an estimate, a point stands on one line: members of objects and elements of arrays begin a line down to these depths.
constexpr int kMemberDepth = 2;
constexpr int kElementDepth = 3;

std::string number_text(double value) {
  if (!std::isfinite(value)) return "null";
  if (value == 0.0) return "0";
  std::array<char, 32> buffer{};
  const auto [end, error] =
      std::to_chars(buffer.data(), buffer.data() + buffer.size(), value, std::chars_format::general, 6);
  return error == std::errc{} ? std::string(buffer.data(), end) : "null";
}

void append(std::string& text, const boost::json::value& value, int depth);

void break_line(std::string& text, int depth) {
  text += '\n';
  text.append(static_cast<std::size_t>(depth), ' ');
}

void append_object(std::string& text, const boost::json::object& object, int depth) {
  const bool is_spread = depth + 1 <= kMemberDepth && !object.empty();
  text += '{';
  bool is_first = true;
  for (const auto& member : object) {
    if (!is_first) text += is_spread ? "," : ", ";
    is_first = false;
    if (is_spread) break_line(text, depth + 1);
    text += boost::json::serialize(boost::json::string(member.key())) + ": ";
    append(text, member.value(), depth + 1);
  }
  if (is_spread) break_line(text, depth);
  text += '}';
}

void append_array(std::string& text, const boost::json::array& array, int depth) {
  const bool is_spread = depth + 1 <= kElementDepth && !array.empty();
  text += '[';
  bool is_first = true;
  for (const auto& element : array) {
    if (!is_first) text += is_spread ? "," : ", ";
    is_first = false;
    if (is_spread) break_line(text, depth + 1);
    append(text, element, depth + 1);
  }
  if (is_spread) break_line(text, depth);
  text += ']';
}

void append(std::string& text, const boost::json::value& value, int depth) {
  if (value.is_object()) {
    append_object(text, value.get_object(), depth);
  } else if (value.is_array()) {
    append_array(text, value.get_array(), depth);
  } else if (value.is_double()) {
    text += number_text(value.get_double());
  } else {
    text += boost::json::serialize(value);
  }
}

}  // namespace

std::string analysis_text(const boost::json::value& analysis) {
  std::string text;
  append(text, analysis, 0);
  text += '\n';
  return text;
}

}  // namespace unitcost
