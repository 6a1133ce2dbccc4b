// The only file that includes toml++.
#include <algorithm>
#include <cstddef>

#include <fmt/format.h>
#include <toml++/toml.h>

#include "harness/base/error.hpp"
#include "harness/scenario/document.hpp"

namespace unitcost {
namespace {

constexpr std::size_t kLargestFileBytes = std::size_t{1} << 20U;
// toml++ bounds the nesting of values but not that of dotted keys, and it frees its tables recursively: no line of ours comes
// near this, and a hostile one would overflow the stack.
constexpr int kMostDotsInALine = 200;

int to_line(toml::source_index line) { return static_cast<int>(std::min<toml::source_index>(line, 0x7fffffff)); }

// What a scenario has is five levels deep; dots and brackets together would reach thousands, and overflow a stack of ours.
constexpr int kDeepest = 64;

struct TooDeep {
  toml::source_position place;
};

Node convert(const toml::node& from, int depth);

Node convert_table(const toml::table& table, int depth) {
  struct Placed {
    toml::source_position place;
    Entry entry;
  };
  std::vector<Placed> placed;
  placed.reserve(table.size());
  for (const auto& [key, value] : table) {
    const toml::source_position place = key.source().begin;
    placed.push_back({place, Entry{std::string(key.str()), to_line(place.line), convert(value, depth + 1)}});
  }
  std::stable_sort(placed.begin(), placed.end(), [](const Placed& a, const Placed& b) { return a.place < b.place; });
  Node node;
  node.kind = Node::Kind::kTable;
  for (Placed& one : placed) node.entries.push_back(std::move(one.entry));
  return node;
}

Node convert_list(const toml::array& array, int depth) {
  Node node;
  node.kind = Node::Kind::kList;
  node.items.reserve(array.size());
  for (const toml::node& item : array) node.items.push_back(convert(item, depth + 1));
  return node;
}

Node convert_scalar(const toml::node& from) {
  Node node;
  if (const auto* text = from.as_string()) {
    node.kind = Node::Kind::kText;
    node.text = text->get();
  } else if (const auto* integer = from.as_integer()) {
    node.kind = Node::Kind::kInteger;
    node.integer = integer->get();
  } else if (const auto* number = from.as_floating_point()) {
    node.kind = Node::Kind::kNumber;
    node.number = number->get();
  } else if (const auto* boolean = from.as_boolean()) {
    node.kind = Node::Kind::kBoolean;
    node.boolean = boolean->get();
  } else {
    node.kind = Node::Kind::kDate;
    if (const auto* date = from.as_date()) {
      const toml::date day = date->get();
      node.text = fmt::format("{:04}-{:02}-{:02}", day.year, day.month, day.day);
    }
  }
  return node;
}

Node convert(const toml::node& from, int depth) {
  if (depth > kDeepest) throw TooDeep{from.source().begin};
  Node node;
  if (const toml::table* table = from.as_table()) {
    node = convert_table(*table, depth);
  } else if (const toml::array* array = from.as_array()) {
    node = convert_list(*array, depth);
  } else {
    node = convert_scalar(from);
  }
  node.line = to_line(from.source().begin.line);
  return node;
}

void refuse_absurd_text(std::string_view toml, const std::string& file) {
  if (toml.size() > kLargestFileBytes) {
    throw BadInput(
        fmt::format("{}: {} bytes are too many for a scenario or profile (at most 1 MiB)", file, toml.size()));
  }
  int line = 1;
  int dots = 0;
  for (const char letter : toml) {
    if (letter == '\n') {
      ++line;
      dots = 0;
    } else if (letter == '.' && ++dots > kMostDotsInALine) {
      throw BadInput(fmt::format("{}:{}: more than {} dots in one line; break the line", file, line, kMostDotsInALine));
    }
  }
}

}  // namespace

Node read_toml(std::string_view toml, const std::string& file) {
  refuse_absurd_text(toml, file);
  try {
    return convert(toml::parse(toml), 0);
  } catch (const toml::parse_error& error) {
    const toml::source_position place = error.source().begin;
    throw BadInput(fmt::format("{}:{}:{}: not valid TOML: {}", file, place.line, place.column, error.description()));
  } catch (const TooDeep& found) {
    throw BadInput(fmt::format("{}:{}:{}: nested too deeply (at most {} levels)", file, found.place.line,
                               found.place.column, kDeepest));
  }
}

}  // namespace unitcost
