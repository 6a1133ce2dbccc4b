#pragma once
// Pieces of JSON in the shape in which our files are written: compact, ASCII without escapes, short numbers. A piece in any other shape is not
// taken, whether it is JSON or not; whoever reads so needs another reader for the rest. Inline: a line has a hundred pieces.
#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

#include "harness/store/letters.hpp"

namespace unitcost {

class PlainText {
 public:
  /// A view: `text` must outlive it.
  explicit PlainText(std::string_view text) : at_(text.data()), end_(text.data() + text.size()) {}

  [[nodiscard]] bool is_at_end() const { return at_ == end_; }
  /// What comes next, to the end.
  [[nodiscard]] std::string_view rest() const { return {at_, left()}; }

  /// Goes past `literal` when it comes next.
  bool take(std::string_view literal) {
    if (left() < literal.size() || !are_same_letters(at_, literal.data(), literal.size())) return false;
    at_ += literal.size();
    return true;
  }
  bool take(char letter) {
    if (at_ == end_ || *at_ != letter) return false;
    ++at_;
    return true;
  }

  /// A text in quotation marks.
  std::optional<std::string_view> text() {
    if (!take('"')) return std::nullopt;
    const char* const begin = at_;
    std::size_t plain = kLettersAtOnce;
    while (plain == kLettersAtOnce && left() >= kLettersAtOnce) at_ += plain = plain_letters(eight_letters(at_));
    if (left() < kLettersAtOnce) {
      while (at_ != end_ && is_plain(*at_)) ++at_;
    }
    const std::string_view found(begin, static_cast<std::size_t>(at_ - begin));
    if (!take('"')) return std::nullopt;
    return found;
  }

  /// At most 18 digits, without fraction and exponent.
  std::optional<std::int64_t> integer() {
    const bool is_negative = take('-');
    const bool begins_with_zero = at_ != end_ && *at_ == '0';
    const Digits found = digits(0);
    if (found.count == 0 || found.count > kMostDigits || (begins_with_zero && found.count > 1)) return std::nullopt;
    const auto value = static_cast<std::int64_t>(found.value);
    return is_negative ? -value : value;
  }

  /// The same of at least 0, without a sign.
  std::optional<std::int64_t> count() { return at_ != end_ && *at_ == '-' ? std::nullopt : integer(); }

  /// Goes past a number that any reader takes, whatever it makes of it: so few digits before the point and in the exponent never overflow.
  bool skip_number() {
    take('-');
    const bool begins_with_zero = at_ != end_ && *at_ == '0';
    const std::size_t whole = skip_digits();
    if (whole == 0 || whole > static_cast<std::size_t>(kMostDigits) || (begins_with_zero && whole > 1)) return false;
    if (take('.') && skip_many_digits() == 0) return false;
    if (!take('E') && !take('e')) return true;
    if (!take('-')) take('+');
    const std::size_t exponent = skip_digits();
    return exponent > 0 && exponent < 3;
  }

  /// What Boost.JSON reads, and any other reader: digits and power of ten are exact as doubles, so that there is one rounding.
  std::optional<double> number() {
    const bool is_negative = take('-');
    const bool begins_with_zero = at_ != end_ && *at_ == '0';
    const Digits whole = digits(0);
    if (whole.count == 0 || (begins_with_zero && whole.count > 1)) return std::nullopt;
    Digits all = whole;
    const bool has_fraction = take('.');
    if (has_fraction) {
      all = many_digits(whole.value);
      if (all.count == 0) return std::nullopt;
    }
    int power = has_fraction ? -all.count : 0;
    bool is_integer = !has_fraction;
    if (take('E') || take('e')) {
      is_integer = false;
      const bool is_down = take('-');
      if (!is_down) take('+');
      const Digits exponent = digits(0);
      if (exponent.count == 0 || exponent.count > 3) return std::nullopt;
      power += is_down ? -static_cast<int>(exponent.value) : static_cast<int>(exponent.value);
    }
    const int count = whole.count + (has_fraction ? all.count : 0);
    if (count > kMostDigits || all.value > kExactInteger || power < -kMostPower || power > kMostPower)
      return std::nullopt;
    auto value = static_cast<double>(all.value);
    value = power < 0 ? value / kPowersOfTen[static_cast<std::size_t>(-power)]
                      : value * kPowersOfTen[static_cast<std::size_t>(power)];
    return is_negative && !(is_integer && all.value == 0) ? -value : value;  // the integer -0 is 0
  }

 private:
  static constexpr int kMostDigits = 18;                             // no sum of so many overflows 64 bits
  static constexpr std::uint64_t kExactInteger = 9007199254740992U;  // 2^53
  static constexpr std::array<double, 23> kPowersOfTen{1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,
                                                       1e8,  1e9,  1e10, 1e11, 1e12, 1e13, 1e14, 1e15,
                                                       1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22};
  static constexpr int kMostPower = static_cast<int>(kPowersOfTen.size()) - 1;

  struct Digits {
    std::uint64_t value = 0;
    int count = 0;
  };

  static bool is_digit(char letter) { return letter >= '0' && letter <= '9'; }
  static bool is_plain(char letter) {
    const auto byte = static_cast<unsigned char>(letter);
    return byte >= 0x20U && byte < 0x80U && letter != '"' && letter != '\\';
  }

  [[nodiscard]] std::size_t left() const { return static_cast<std::size_t>(end_ - at_); }

  /// How many digits came next; mostly one.
  std::size_t skip_digits() {
    const char* const begin = at_;
    while (at_ != end_ && is_digit(*at_)) ++at_;
    return static_cast<std::size_t>(at_ - begin);
  }

  /// The same of up to eight at a time, as fractions have.
  std::size_t skip_many_digits() {
    const char* const begin = at_;
    while (left() >= kLettersAtOnce) {
      const std::size_t count = leading_digits(eight_letters(at_));
      at_ += count;
      if (count < kLettersAtOnce) return static_cast<std::size_t>(at_ - begin);
    }
    return static_cast<std::size_t>(at_ - begin) + skip_digits();
  }

  /// Appends the digits that come next to those of `value`; mostly one. Of too many it takes one more than anybody may want, so that what follows
  /// is no end.
  Digits digits(std::uint64_t value, int before = 0) {
    Digits found{value, before};
    for (; found.count <= kMostDigits && at_ != end_ && is_digit(*at_); ++at_) {
      found.value = found.value * 10U + static_cast<std::uint64_t>(*at_ - '0');
      ++found.count;
    }
    return found;
  }

  /// The same of up to eight at a time, as fractions have.
  Digits many_digits(std::uint64_t value) {
    constexpr std::array<std::uint64_t, kLettersAtOnce + 1> kTens{1,      10,      100,      1000,     10000,
                                                                  100000, 1000000, 10000000, 100000000};
    if (left() < kLettersAtOnce) return digits(value);
    const std::uint64_t letters = eight_letters(at_);
    const std::size_t count = leading_digits(letters);
    if (count == 0) return {value, 0};
    at_ += count;
    const Digits first{value * kTens[count] + number_of_digits(letters, count), static_cast<int>(count)};
    return count < kLettersAtOnce ? first : digits(first.value, first.count);
  }

  const char* at_;
  const char* end_;
};

}  // namespace unitcost
