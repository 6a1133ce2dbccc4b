#include "harness/base/content_hash.hpp"

#include <gmock/gmock.h>

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>

namespace unitcost {
namespace {

std::string hash_of(std::string_view text, std::size_t part) {
  ContentHash hash;
  for (; !text.empty(); text.remove_prefix(std::min(part, text.size()))) hash.add(text.substr(0, part));
  return hash.hex();
}

TEST(ContentHash, IsTheOneThatItsAuthorsPublish) {
  EXPECT_EQ(hash_of("", 1), "99aa06d3014798d86001c324468d497f");  // libxxhash: `xxhsum -H2` of an empty file
}

TEST(ContentHash, DoesNotDependOnWhereTheTextIsCut) {
  std::string text;
  for (int i = 0; i < 5000; ++i) text += std::to_string(i);
  const std::string whole = hash_of(text, text.size());
  for (const std::size_t part : {1U, 7U, 64U, 1024U, 4097U}) EXPECT_EQ(hash_of(text, part), whole) << part;
}

TEST(ContentHash, IsAnotherForAnotherLetterOrLength) {
  const std::string text(3000, 'a');
  std::string other = text;
  other[1234] = 'b';
  EXPECT_NE(hash_of(text, 100), hash_of(other, 100));
  EXPECT_NE(hash_of(text, 100), hash_of(text + 'a', 100));
}

}  // namespace
}  // namespace unitcost
