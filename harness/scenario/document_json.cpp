#include <string_view>

#include <fmt/format.h>
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>

#include "harness/base/error.hpp"
#include "harness/scenario/document.hpp"

namespace unitcost {
namespace {

namespace json = boost::json;

constexpr int kDeepest = 16;  // our own documents have 6 levels

/// Where a value stands; it becomes a text when a message asks for it.
struct Place {
  const Place* outer = nullptr;
  std::string_view key;  // of the outermost: where the document is
};

std::string text_of(const Place& place) {
  std::string text(place.key);
  for (const Place* outer = place.outer; outer != nullptr; outer = outer->outer)
    text = fmt::format("{}.{}", outer->key, text);
  return text;
}

Node convert(const json::value& value, const Place& where, int depth) {
  if (depth > kDeepest) throw BadInput(fmt::format("{}: nested too deeply", text_of(where)));
  Node node;
  if (const json::string* text = value.if_string()) {
    node.kind = Node::Kind::kText;
    node.text.assign(text->data(), text->size());
  } else if (const std::int64_t* integer = value.if_int64()) {
    node.kind = Node::Kind::kInteger;
    node.integer = *integer;
  } else if (value.is_uint64()) {
    throw BadInput(fmt::format("{}: an integer is too large", text_of(where)));
  } else if (const double* number = value.if_double()) {
    node.kind = Node::Kind::kNumber;
    node.number = *number;
  } else if (const bool* boolean = value.if_bool()) {
    node.kind = Node::Kind::kBoolean;
    node.boolean = *boolean;
  } else if (const json::array* array = value.if_array()) {
    node.kind = Node::Kind::kList;
    for (const json::value& item : *array) node.items.push_back(convert(item, where, depth + 1));
  } else if (const json::object* object = value.if_object()) {
    node.kind = Node::Kind::kTable;
    for (const auto& member : *object) {
      if (member.value().is_null()) continue;
      const std::string_view key(member.key().data(), member.key().size());
      node.entries.push_back({std::string(key), 0, convert(member.value(), {&where, key}, depth + 1)});
    }
  } else {
    throw BadInput(fmt::format("{}: null in a list", text_of(where)));
  }
  return node;
}

}  // namespace

Node read_json(const json::value& value, const std::string& where) { return convert(value, {nullptr, where}, 0); }

}  // namespace unitcost
