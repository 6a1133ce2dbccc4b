#include "harness/store/plain_text.hpp"

#include <array>
#include <cstddef>
#include <cstring>

namespace unitcost {
namespace {

constexpr int kMostDigits = 18;                             // no sum of so many overflows 64 bits
constexpr std::uint64_t kExactInteger = 9007199254740992U;  // 2^53
constexpr std::array<double, 23> kPowersOfTen{1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,  1e8,  1e9,  1e10, 1e11,
                                              1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22};

bool is_digit(char letter) { return letter >= '0' && letter <= '9'; }

bool is_plain(char letter) {
  const auto byte = static_cast<unsigned char>(letter);
  return byte >= 0x20U && byte < 0x80U && letter != '"' && letter != '\\';
}

/// The same of eight letters at once.
bool are_plain(std::uint64_t letters) {
  constexpr std::uint64_t kOnes = 0x0101010101010101U;
  constexpr std::uint64_t kHighs = 0x8080808080808080U;
  const auto has_zero = [](std::uint64_t bytes) { return (bytes - kOnes) & ~bytes & kHighs; };
  const std::uint64_t special = letters | ((letters - kOnes * 0x20U) & ~letters) | has_zero(letters ^ (kOnes * '"')) |
                                has_zero(letters ^ (kOnes * '\\'));
  return (special & kHighs) == 0;
}

}  // namespace

std::optional<std::string_view> PlainText::text() {
  if (!take('"')) return std::nullopt;
  const char* const begin = at_;
  for (std::uint64_t letters = 0; static_cast<std::size_t>(end_ - at_) >= sizeof letters; at_ += sizeof letters) {
    std::memcpy(&letters, at_, sizeof letters);
    if (!are_plain(letters)) break;
  }
  while (at_ != end_ && is_plain(*at_)) ++at_;
  const std::string_view found(begin, static_cast<std::size_t>(at_ - begin));
  if (!take('"')) return std::nullopt;
  return found;
}

/// Appends the digits that come next to those of `value`. Of too many it takes one more than anybody may want, so that what follows is no end.
PlainText::Digits PlainText::digits(std::uint64_t value) {
  Digits found{value, 0};
  for (; found.count <= kMostDigits && at_ != end_ && is_digit(*at_); ++at_) {
    found.value = found.value * 10U + static_cast<std::uint64_t>(*at_ - '0');
    ++found.count;
  }
  return found;
}

std::optional<std::int64_t> PlainText::integer() {
  const bool is_negative = take('-');
  const bool begins_with_zero = at_ != end_ && *at_ == '0';
  const Digits found = digits(0);
  if (found.count == 0 || found.count > kMostDigits || (begins_with_zero && found.count > 1)) return std::nullopt;
  const auto value = static_cast<std::int64_t>(found.value);
  return is_negative ? -value : value;
}

std::optional<double> PlainText::number() {
  const bool is_negative = take('-');
  const bool begins_with_zero = at_ != end_ && *at_ == '0';
  const Digits whole = digits(0);
  if (whole.count == 0 || (begins_with_zero && whole.count > 1)) return std::nullopt;
  Digits all = whole;
  const bool has_fraction = take('.');
  if (has_fraction) {
    all = digits(whole.value);
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
  const auto most = static_cast<int>(kPowersOfTen.size()) - 1;
  if (count > kMostDigits || all.value > kExactInteger || power < -most || power > most) return std::nullopt;
  auto value = static_cast<double>(all.value);
  value = power < 0 ? value / kPowersOfTen[static_cast<std::size_t>(-power)]
                    : value * kPowersOfTen[static_cast<std::size_t>(power)];
  return is_negative && !(is_integer && all.value == 0) ? -value : value;  // the integer -0 is 0
}

}  // namespace unitcost
