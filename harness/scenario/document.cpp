#include "harness/scenario/document.hpp"

namespace unitcost {

std::string_view kind_name(Node::Kind kind) {
  switch (kind) {
    case Node::Kind::kText:
      return "a text";
    case Node::Kind::kInteger:
      return "an integer";
    case Node::Kind::kNumber:
      return "a number";
    case Node::Kind::kBoolean:
      return "true or false";
    case Node::Kind::kDate:
      return "a date or time";
    case Node::Kind::kList:
      return "a list";
    case Node::Kind::kTable:
      return "a table";
  }
  return "nothing known";
}

}  // namespace unitcost
