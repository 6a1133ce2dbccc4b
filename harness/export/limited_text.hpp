#pragma once
// A text that may not grow beyond a number of characters: pieces that do not fit are counted instead.
#include <cstddef>
#include <string>
#include <string_view>

namespace unitcost {

class LimitedText {
 public:
  /// Keeps `reserve` characters for what is said at the end.
  LimitedText(std::size_t most_characters, std::size_t reserve) : room_(most_characters - reserve) {}

  /// The whole piece or nothing; false when it does not fit.
  bool add(std::string_view piece);
  [[nodiscard]] std::size_t left_out() const { return left_out_; }
  /// What was added, and `closing` from the reserve.
  [[nodiscard]] std::string closed_with(std::string_view closing) const { return text_ + std::string(closing); }

 private:
  std::size_t room_;
  std::size_t left_out_ = 0;
  std::string text_;
};

}  // namespace unitcost
