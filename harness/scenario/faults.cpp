#include "harness/scenario/faults.hpp"

#include <algorithm>
#include <cstddef>

#include <fmt/format.h>

#include "harness/base/error.hpp"

namespace unitcost {
namespace {
constexpr std::size_t kMostShown = 50;
constexpr std::size_t kLongestQuote = 80;
}  // namespace

void Faults::add(int line, std::string message) { faults_.push_back({line, std::move(message)}); }

void Faults::throw_if_any() const {
  if (faults_.empty()) return;
  std::vector<Fault> sorted = faults_;
  std::stable_sort(sorted.begin(), sorted.end(), [](const Fault& a, const Fault& b) { return a.line < b.line; });
  std::string text;
  for (std::size_t i = 0; i < std::min(sorted.size(), kMostShown); ++i) {
    if (i > 0) text += '\n';
    text += sorted[i].line > 0 ? fmt::format("{}:{}: {}", file_, sorted[i].line, sorted[i].message)
                               : fmt::format("{}: {}", file_, sorted[i].message);
  }
  if (sorted.size() > kMostShown) text += fmt::format("\n{}: and {} more", file_, sorted.size() - kMostShown);
  throw BadInput(text);
}

std::string in_quotes(std::string_view word) {
  std::size_t shown = std::min(word.size(), kLongestQuote);
  // Never cut inside a character of several bytes.
  while (shown < word.size() && shown > 0 && (static_cast<unsigned char>(word[shown]) & 0xc0U) == 0x80U) --shown;
  std::string text = "'";
  for (const char letter : word.substr(0, shown)) {
    const auto code = static_cast<unsigned char>(letter);
    text += code < 0x20 || code == 0x7f ? '?' : letter;
  }
  if (shown < word.size()) text += "…";
  return text + "'";
}

}  // namespace unitcost
