#include <fmt/format.h>
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>

#include "harness/base/error.hpp"
#include "harness/scenario/document.hpp"

namespace unitcost {
namespace {

namespace json = boost::json;

constexpr int kDeepest = 16;  // our own documents have 6 levels

Node convert(const json::value& value, const std::string& where, int depth) {
  if (depth > kDeepest) throw BadInput(fmt::format("{}: nested too deeply", where));
  Node node;
  if (const json::string* text = value.if_string()) {
    node.kind = Node::Kind::kText;
    node.text.assign(text->data(), text->size());
  } else if (const std::int64_t* integer = value.if_int64()) {
    node.kind = Node::Kind::kInteger;
    node.integer = *integer;
  } else if (value.is_uint64()) {
    throw BadInput(fmt::format("{}: an integer is too large", where));
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
      std::string key(member.key().data(), member.key().size());
      Node inner = convert(member.value(), where + "." + key, depth + 1);
      node.entries.push_back({std::move(key), 0, std::move(inner)});
    }
  } else {
    throw BadInput(fmt::format("{}: null in a list", where));
  }
  return node;
}

}  // namespace

Node read_json(const json::value& value, const std::string& where) { return convert(value, where, 0); }

}  // namespace unitcost
