// Every file in tests/data/scenarios/faults says itself what is wrong with it: "# fault: <message>" stands in the line that the
// message must name, several behind each other in the order in which they are found. All of them and no others must be reported.
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <string_view>
#include <vector>

#include <gmock/gmock.h>

#include "harness/base/error.hpp"
#include "harness/scenario/parse.hpp"

namespace unitcost {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;
using ::testing::StartsWith;

std::string read(const fs::path& path) {
  std::ifstream stream(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), {}};
}

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  std::size_t begin = 0;
  while (begin <= text.size()) {
    const std::size_t end = std::min(text.find('\n', begin), text.size());
    lines.push_back(text.substr(begin, end - begin));
    begin = end + 1;
  }
  return lines;
}

/// "file:line: message" of every mark.
std::vector<std::string> expected_faults(const std::string& text, const std::string& file) {
  constexpr std::string_view kMark = "# fault: ";
  std::vector<std::string> faults;
  const std::vector<std::string> lines = lines_of(text);
  for (std::size_t i = 0; i < lines.size(); ++i) {
    std::size_t at = lines[i].find(kMark);
    while (at != std::string::npos) {
      const std::size_t next = lines[i].find(kMark, at + 1);
      std::string message =
          lines[i].substr(at + kMark.size(), next == std::string::npos ? next : next - at - kMark.size());
      message.erase(message.find_last_not_of(' ') + 1);
      faults.push_back(file + ":" + std::to_string(i + 1) + ": " + message);
      at = next;
    }
  }
  return faults;
}

std::string complaint_about(std::string_view toml) {
  try {
    parse_scenario(toml, "memory/x", "x.toml");
  } catch (const BadInput& error) {
    EXPECT_EQ(error.exit_status(), Exit::kBadInput);
    return error.what();
  }
  return "accepted";
}

class FaultyFile : public ::testing::TestWithParam<fs::path> {};

TEST_P(FaultyFile, IsToldAllItsFaultsWithTheirLines) {
  const std::string text = read(GetParam());
  const std::vector<std::string> expected = expected_faults(text, "x.toml");
  ASSERT_FALSE(expected.empty());
  EXPECT_THAT(lines_of(complaint_about(text)), ::testing::ElementsAreArray(expected));
}

std::vector<fs::path> faulty_files() {
  std::vector<fs::path> files;
  for (const auto& entry : fs::directory_iterator(fs::path(UNITCOST_TEST_DATA) / "scenarios" / "faults"))
    files.push_back(entry.path());
  std::sort(files.begin(), files.end());
  return files;
}

std::string stem_of(const ::testing::TestParamInfo<fs::path>& file) { return file.param.stem().string(); }

INSTANTIATE_TEST_SUITE_P(Files, FaultyFile, ::testing::ValuesIn(faulty_files()), stem_of);

TEST(HostileScenario, SyntaxErrorsNameLineAndColumn) {
  EXPECT_THAT(complaint_about("schema = 1\nquestion = \"x\n"), StartsWith("x.toml:2:14: not valid TOML: "));
  EXPECT_THAT(complaint_about("schema = 1\nschema = 2\n"), StartsWith("x.toml:2:"));
  EXPECT_THAT(complaint_about("[run]\n[run]\n"), StartsWith("x.toml:2:"));
}

TEST(HostileScenario, AnEmptyFileMissesItsKeys) {
  for (const char* text : {"", "\n", "# nothing\n", "\xef\xbb\xbf"}) {
    EXPECT_THAT(complaint_about(text), StartsWith("x.toml:1: missing key 'schema' in the file\n")) << text;
  }
}

TEST(HostileScenario, BrokenEncodingIsRefused) {
  EXPECT_THAT(complaint_about("question = \"\xff\xfe\""), StartsWith("x.toml:1:"));
  EXPECT_THAT(complaint_about("question = \"\xc0\xaf\""), StartsWith("x.toml:1:"));
  EXPECT_THAT(complaint_about("question = \"\xe2\x82"), StartsWith("x.toml:1:"));
  EXPECT_THAT(complaint_about(std::string_view("question = \"a\0b\"", 16)), StartsWith("x.toml:1:"));
}

TEST(HostileScenario, AHugeFileIsRefused) {
  EXPECT_EQ(complaint_about(std::string((1U << 20U) + 1, '#')),
            "x.toml: 1048577 bytes are too many for a scenario or profile (at most 1 MiB)");
}

TEST(HostileScenario, DeepNestingIsRefusedWithoutOverflowingTheStack) {
  EXPECT_THAT(complaint_about("a = " + std::string(100'000, '[')), HasSubstr("not valid TOML"));
  std::string tables = "a = ";
  for (int i = 0; i < 100'000; ++i) tables += "{b=";
  EXPECT_THAT(complaint_about(tables), HasSubstr("not valid TOML"));
  std::string dots = "a";
  for (int i = 0; i < 100'000; ++i) dots += ".b";
  EXPECT_EQ(complaint_about("\n" + dots + " = 1"), "x.toml:2: more than 200 dots in one line; break the line");
}

TEST(HostileScenario, DotsInBracketsAreRefusedWithoutOverflowingTheStack) {
  std::string dotted;
  for (int i = 0; i < 150; ++i) dotted += "b.";
  std::string text = "schema = ";
  for (int i = 0; i < 60; ++i) text += "[\n{" + dotted + "c=";
  text += "1";
  for (int i = 0; i < 60; ++i) text += "}]";
  EXPECT_THAT(complaint_about(text), HasSubstr("nested too deeply (at most 64 levels)"));
}

TEST(HostileScenario, AFloodOfFaultsIsCutOff) {
  std::string text;
  for (int i = 0; i < 1000; ++i) text += "key" + std::to_string(i) + " = 1\n";
  const std::vector<std::string> lines = lines_of(complaint_about(text));
  ASSERT_EQ(lines.size(), 51U);
  EXPECT_EQ(lines.back(), "x.toml: and 955 more");
}

TEST(HostileScenario, ControlCharactersDoNotReachTheTerminal) {
  const std::string complaint = complaint_about("\"\\u001b[2J\\n\" = 1\n");
  EXPECT_THAT(complaint, HasSubstr("unknown key '?[2J?' in the file"));
  EXPECT_EQ(complaint.find('\x1b'), std::string::npos);
}

TEST(HostileScenario, ALongWordIsShortenedBetweenCharacters) {
  std::string word;
  for (int i = 0; i < 100; ++i) word += "é";
  const std::string long_word = "x" + word;
  EXPECT_THAT(complaint_about("\"" + long_word + "\" = 1\n"), HasSubstr("'" + long_word.substr(0, 79) + "…'"));
}

}  // namespace
}  // namespace unitcost
