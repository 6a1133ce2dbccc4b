#include "harness/store/letters.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <string>

#include "harness/stats/random.hpp"

namespace unitcost {
namespace {

bool is_plain(unsigned char letter) { return letter >= 0x20U && letter < 0x80U && letter != '"' && letter != '\\'; }
bool is_digit(unsigned char letter) { return letter >= '0' && letter <= '9'; }

template <class Is>
std::size_t count_by_letter(const std::string& text, Is is) {
  return static_cast<std::size_t>(std::ranges::find_if_not(text, is) - text.begin());
}

void expect_the_same_by_letter(const std::string& text) {
  const std::uint64_t letters = eight_letters(text.data());
  EXPECT_EQ(plain_letters(letters), count_by_letter(text, is_plain)) << testing::PrintToString(text);
  EXPECT_EQ(leading_digits(letters), count_by_letter(text, is_digit)) << testing::PrintToString(text);
}

TEST(Letters, AreCountedAsOneByOneWhateverStandsWhere) {
  for (const char around : {'a', '7', '\0', '\x7f', '\xff'}) {
    for (std::size_t at = 0; at < kLettersAtOnce; ++at) {
      for (int letter = 0; letter < 256; ++letter) {
        std::string text(kLettersAtOnce, around);
        text[at] = static_cast<char>(letter);
        expect_the_same_by_letter(text);
      }
    }
  }
}

TEST(Letters, AreCountedAsOneByOneInAnyMixture) {
  constexpr std::string_view kLetters = "0123456789/:\x1f !\"#[\\]a~\x7f\x80\xff";
  Random random(3);
  for (int i = 0; i < 20000; ++i) {
    std::string text;
    while (text.size() < kLettersAtOnce)
      text += kLetters[static_cast<std::size_t>(random.uniform() * static_cast<double>(kLetters.size()))];
    expect_the_same_by_letter(text);
  }
}

TEST(Letters, AreTheSameOnlyWhereEachIs) {
  const std::string text = "abcdefghijklmnopqrstuvwxyz";
  for (std::size_t count = 0; count <= text.size(); ++count) {
    EXPECT_TRUE(are_same_letters(text.data(), std::string(text).data(), count)) << count;
    for (std::size_t at = 0; at < text.size(); ++at) {
      std::string other = text;
      other[at] = '.';
      EXPECT_EQ(are_same_letters(text.data(), other.data(), count), at >= count) << at << " of " << count;
    }
  }
}

TEST(Letters, MakeTheNumberThatTheirDigitsSay) {
  Random random(4);
  for (int i = 0; i < 20000; ++i) {
    std::string text;
    while (text.size() < kLettersAtOnce) text += static_cast<char>('0' + static_cast<int>(10 * random.uniform()));
    for (std::size_t count = 1; count <= kLettersAtOnce; ++count) {
      std::uint64_t expected = 0;
      std::from_chars(text.data(), text.data() + count, expected);
      EXPECT_EQ(number_of_digits(eight_letters(text.data()), count), expected) << text << " " << count;
    }
  }
}

}  // namespace
}  // namespace unitcost
