#include "harness/export/escape.hpp"

#include <gtest/gtest.h>

#include <string>

namespace unitcost {
namespace {

TEST(Escape, XmlHoldsNoMarkupAndNoForbiddenCharacter) {
  EXPECT_EQ(xml_escaped("a<b> & \"c\""), "a&lt;b&gt; &amp; &quot;c&quot;");
  EXPECT_EQ(xml_escaped("two\nlines\x01"), "two&#10;lines\xEF\xBF\xBD");
  EXPECT_EQ(xml_escaped("a\xEF\xBF\xBE\xEF\xBF\xBF\xEF\xBF\xBCz\xEF"), "a\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBCz\xEF");
}

TEST(Escape, MarkdownKeepsATableATable) {
  EXPECT_EQ(markdown_escaped("a|b\nc"), "a&#124;b c");
  EXPECT_EQ(markdown_escaped("<img src=x>"), "&#60;img src=x&#62;");
  EXPECT_EQ(markdown_escaped("*x* `y` [z](w) @someone #1 \\"),
            "&#42;x&#42; &#96;y&#96; &#91;z&#93;(w) &#64;&#8203;someone &#35;&#8203;1 &#92;");
  EXPECT_EQ(markdown_escaped("http://x"), "http&#58;//x");
  EXPECT_EQ(markdown_escaped("_x_ a_b"), "&#95;x&#95; a_b");
  EXPECT_EQ(markdown_escaped("a/_b_/c __d"), "a/&#95;b&#95;/c &#95;&#95;d");
  EXPECT_EQ(markdown_escaped("a @ b # c"), "a &#64; b &#35; c");
  EXPECT_EQ(markdown_code("a|b"), "<code>a&#124;b</code>");
}

TEST(Escape, GitHubCommandsCannotBeForged) {
  EXPECT_EQ(github_data("50 %\n::error::x"), "50 %25%0A::error::x");
  EXPECT_EQ(github_property("a: b, c\r"), "a%3A b%2C c%0D");
}

TEST(Escape, OpenMetricsAndCsv) {
  EXPECT_EQ(openmetrics_escaped("a\"b\\c\nd"), "a\\\"b\\\\c\\nd");
  EXPECT_EQ(csv_field("plain"), "plain");
  EXPECT_EQ(csv_field("a,\"b\""), "\"a,\"\"b\"\"\"");
}

TEST(Escape, TerminalsGetNoControlCharacters) { EXPECT_EQ(printable("a\x1b[31mb\n"), "a?[31mb?"); }

TEST(Escape, CharactersAreCodePoints) {
  EXPECT_EQ(characters("±1 µs"), 5U);
  EXPECT_EQ(padded("µ", 3), "µ  ");
}

}  // namespace
}  // namespace unitcost
