#pragma once
// Pieces of JSON in the shape in which our files are written: compact, ASCII without escapes, short numbers. A piece in any other shape is not
// taken, whether it is JSON or not; whoever reads so needs another reader for the rest.
#include <cstdint>
#include <optional>
#include <string_view>

namespace unitcost {

class PlainText {
 public:
  /// A view: `text` must outlive it.
  explicit PlainText(std::string_view text) : at_(text.data()), end_(text.data() + text.size()) {}

  [[nodiscard]] bool is_at_end() const { return at_ == end_; }

  /// Goes past `literal` when it comes next.
  bool take(std::string_view literal) {
    if (!std::string_view(at_, static_cast<std::size_t>(end_ - at_)).starts_with(literal)) return false;
    at_ += literal.size();
    return true;
  }
  bool take(char letter) {
    if (at_ == end_ || *at_ != letter) return false;
    ++at_;
    return true;
  }

  /// A text in quotation marks.
  std::optional<std::string_view> text();
  /// At most 18 digits, without fraction and exponent.
  std::optional<std::int64_t> integer();
  /// What Boost.JSON reads, and any other reader: digits and power of ten are exact as doubles, so that there is one rounding.
  std::optional<double> number();

 private:
  struct Digits {
    std::uint64_t value = 0;
    int count = 0;
  };
  Digits digits(std::uint64_t value);

  const char* at_;
  const char* end_;
};

}  // namespace unitcost
