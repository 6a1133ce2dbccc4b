#pragma once
// What the compiler made of a kernel, read back from the test program itself.
#include <array>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <regex>
#include <string>
#include <vector>

namespace unitcost::testing_support {

/// Instructions of one function of this program, without addresses and comments; empty where objdump is missing.
inline std::vector<std::string> instructions_of(const std::string& symbol) {
  const std::string command = "objdump -d --no-show-raw-insn --disassemble=" + symbol + " /proc/$PPID/exe 2>/dev/null";
  const std::unique_ptr<std::FILE, int (*)(std::FILE*)> out(popen(command.c_str(), "r"), pclose);
  std::vector<std::string> instructions;
  std::array<char, 512> line{};
  const std::regex pattern("^ +[0-9a-f]+:\t([^#<\n]*)");
  std::cmatch match;
  while (out && std::fgets(line.data(), line.size(), out.get()) != nullptr) {
    if (std::regex_search(line.data(), match, pattern)) instructions.push_back(match[1]);
  }
  return instructions;
}

/// How many of them fit a pattern.
inline std::size_t count(const std::vector<std::string>& instructions, const std::string& pattern) {
  const std::regex regex(pattern);
  std::size_t found = 0;
  for (const std::string& instruction : instructions) found += std::regex_search(instruction, regex) ? 1U : 0U;
  return found;
}

/// Why patterns of instructions say nothing here; empty: they do.
inline std::string why_not() {
#if defined(__x86_64__) && defined(__OPTIMIZE__) && !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
  // NOLINTNEXTLINE(bugprone-command-processor,cert-env33-c)
  return std::system("command -v objdump >/dev/null") == 0 ? "" : "objdump is missing";
#else
  return "the patterns are those of optimised x86-64";
#endif
}

}  // namespace unitcost::testing_support
