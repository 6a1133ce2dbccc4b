#include "harness/export/limited_text.hpp"

#include "harness/export/escape.hpp"

namespace unitcost {

bool LimitedText::add(std::string_view piece) {
  const std::size_t needed = characters(piece);
  if (needed > room_) {
    ++left_out_;
    return false;
  }
  room_ -= needed;
  text_ += piece;
  return true;
}

}  // namespace unitcost
