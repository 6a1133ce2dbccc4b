// Memory whose contents nobody needs is the first thing that a compiler leaves out; what it made of the kernels is read back from this program.
#include <gtest/gtest.h>

#include <array>
#include <cstdio>
#include <memory>
#include <regex>
#include <string>

#include "tests/kernels/machine_code.hpp"

namespace {

using unitcost::testing_support::why_not;

/// The instructions of one function of this program, a line each, with the names of what is called; empty where objdump is missing.
std::string code_of(const std::string& symbol) {
  const std::string command = "objdump -d --no-show-raw-insn --disassemble=" + symbol + " /proc/$PPID/exe 2>/dev/null";
  // NOLINTNEXTLINE(bugprone-command-processor,cert-env33-c)
  const std::unique_ptr<std::FILE, int (*)(std::FILE*)> out(popen(command.c_str(), "r"), pclose);
  std::string code;
  std::array<char, 1024> line{};
  while (out && std::fgets(line.data(), line.size(), out.get()) != nullptr) {
    const std::string text = line.data();
    if (const auto tab = text.find(":\t"); tab != std::string::npos) code += text.substr(tab + 2);
  }
  return code;
}

bool has(const std::string& code, const std::string& pattern) {
  return std::regex_search(code, std::regex(pattern, std::regex::ECMAScript | std::regex::multiline));
}

const std::string kOne = "_ZN8unitcost7kernels12_GLOBAL__N_1";
constexpr const char* kTouch = R"(^mov +%\w+,(-?0x\w+)?\(%\w+\))";

TEST(Code, OfMallocAndFreeIsStillThere) {
  if (!why_not().empty()) GTEST_SKIP() << why_not();
  const std::string code = code_of(kOne + "13one_by_mallocEmm");
  EXPECT_TRUE(has(code, "^call .*<malloc[@>]")) << code;
  EXPECT_TRUE(has(code, "^(call|jmp) .*<free[@>]")) << code;
  EXPECT_TRUE(has(code, kTouch)) << code;
}

TEST(Code, OfNewAndDeleteIsStillThere) {
  if (!why_not().empty()) GTEST_SKIP() << why_not();
  const std::string code = code_of(kOne + "10one_by_newEmm");
  EXPECT_TRUE(has(code, "^call .*<_Znwm[@>]")) << code;
  EXPECT_TRUE(has(code, "^(call|jmp) .*<_ZdlPv[m@>]")) << code;
}

TEST(Code, OfManyObjectsMakesAndFreesEach) {
  if (!why_not().empty()) GTEST_SKIP() << why_not();
  const std::string code =
      code_of("_ZN8unitcost7kernels9make_manyESt4spanIPvLm18446744073709551615EES1_IKjLm18446744073709551615EEmm");
  EXPECT_TRUE(has(code, "^call .*<malloc[@>]")) << code;
  EXPECT_TRUE(has(code, "^call .*<free[@>]")) << code;
}

TEST(Code, OfAllocaMovesTheStackPointerAtEachCall) {
  if (!why_not().empty()) GTEST_SKIP() << why_not();
  const std::string code = code_of(kOne + "13one_by_allocaEmm");
  EXPECT_TRUE(has(code, R"(^(sub +%\w+,%rsp|mov +%r[^b]\w*,%rsp))")) << code;
  EXPECT_TRUE(has(code, kTouch)) << code;
  EXPECT_TRUE(has(code_of("_ZN8unitcost7kernels14make_by_allocaEmm"), "^call .*one_by_alloca")) << "a call for each";
}

TEST(Code, OfAnAutomaticVariableTakesItsRoomAtEachCall) {
  if (!why_not().empty()) GTEST_SKIP() << why_not();
  // Up to 128 bytes lie below the stack pointer, which need not move for them; a frame of 4 KiB has to be taken, a page at a time where the compiler probes it.
  const std::string code = code_of(kOne + "13one_automaticILm4096EEEmm");
  EXPECT_TRUE(has(code, R"(^sub +\$0x(f|10)[0-9a-f]{2},%rsp)")) << code;
  EXPECT_TRUE(has(code, kTouch)) << code;
  EXPECT_TRUE(has(code_of(kOne + "16repeat_automaticILm4096EEEmm"), "^call .*one_automatic")) << "a call for each";
}

TEST(Code, OfTheDescentHasAFrameForEveryCall) {
  if (!why_not().empty()) GTEST_SKIP() << why_not();
  const std::string code = code_of("_ZN8unitcost7kernels7descendERVmm");
  EXPECT_TRUE(has(code, R"(^sub +\$0x[4-9a-f][0-9a-f]{2,},%rsp)")) << code;
  EXPECT_TRUE(has(code, "^call .*descend")) << code;
}

TEST(Code, OfTheCounterLoadsAndStoresWithoutALock) {
  if (!why_not().empty()) GTEST_SKIP() << why_not();
  const std::string code = code_of("_ZN8unitcost7kernels29count_without_synchronisationERSt6atomicImEm");
  EXPECT_FALSE(code.empty());
  EXPECT_FALSE(has(code, "^(lock|xchg|cmpxchg)[^,]*\\(")) << code;
  EXPECT_TRUE(has(code, R"(^(mov +%\w+,\(%\w+\)|(inc|add)q? .*\(%\w+\)))")) << "every step is stored: " << code;
}

}  // namespace
