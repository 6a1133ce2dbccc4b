#pragma once
// Eight letters of a text at once, in the bits of an integer: how far a quoted text or a row of digits goes, without asking letter by letter.
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>

namespace unitcost {

constexpr std::size_t kLettersAtOnce = 8;

/// The first letter lies in the lowest bits, whatever the machine.
inline std::uint64_t eight_letters(const char* text) {
  std::uint64_t letters = 0;
  if constexpr (std::endian::native == std::endian::little) {
    std::memcpy(&letters, text, sizeof letters);
  } else {
    for (std::size_t at = 0; at < kLettersAtOnce; ++at)
      letters |= static_cast<std::uint64_t>(static_cast<unsigned char>(text[at])) << (8 * at);
  }
  return letters;
}

/// Whether both begin with the same `count` letters; names are too short for a call to pay.
inline bool are_same_letters(const char* a, const char* b, std::size_t count) {
  if (count < kLettersAtOnce) {
    for (std::size_t at = 0; at < count; ++at) {
      if (a[at] != b[at]) return false;
    }
    return true;
  }
  const std::size_t last = count - kLettersAtOnce;
  for (std::size_t at = 0; at < last; at += kLettersAtOnce) {
    if (eight_letters(a + at) != eight_letters(b + at)) return false;
  }
  return eight_letters(a + last) == eight_letters(b + last);
}

constexpr std::uint64_t kOfEachLetter = 0x0101010101010101U;
constexpr std::uint64_t kHighBits = 0x8080808080808080U;

/// How many of the letters stand before the first whose high bit is set in `marks`. Marks behind it may be wrong: carries run that way.
inline std::size_t letters_before(std::uint64_t marks) {
  return static_cast<std::size_t>(std::countr_zero(marks & kHighBits)) / 8;
}

/// How many letters come before a quotation mark, a backslash, a control character or a letter beyond ASCII.
inline std::size_t plain_letters(std::uint64_t letters) {
  const auto zeros = [](std::uint64_t bytes) { return (bytes - kOfEachLetter) & ~bytes; };
  return letters_before(letters | ((letters - kOfEachLetter * 0x20U) & ~letters) |
                        zeros(letters ^ (kOfEachLetter * '"')) | zeros(letters ^ (kOfEachLetter * '\\')));
}

/// How many letters come before one that is no digit.
inline std::size_t leading_digits(std::uint64_t letters) {
  const std::uint64_t values = letters ^ (kOfEachLetter * '0');      // 0 to 9 of a digit, more of any other
  return letters_before((values + kOfEachLetter * 0x76U) | values);  // 0x76 + 10 has the high bit
}

/// The number that the first `count` letters make, which are digits; 1 to 8 of them.
inline std::uint64_t number_of_digits(std::uint64_t letters, std::size_t count) {
  std::uint64_t values = letters ^ (kOfEachLetter * '0');
  values <<= 8 * (kLettersAtOnce - count);  // zeros in front
  values = values * 10 + (values >> 8U);    // pairs, in every other byte
  constexpr std::uint64_t kPairs = 0x000000FF000000FFU;
  constexpr std::uint64_t kHundredAndMillion = 100U + (1000000ULL << 32U);
  constexpr std::uint64_t kOneAndTenThousand = 1U + (10000ULL << 32U);
  return ((values & kPairs) * kHundredAndMillion + ((values >> 16U) & kPairs) * kOneAndTenThousand) >> 32U;
}

}  // namespace unitcost
