#include "harness/base/nearest.hpp"

#include <algorithm>
#include <cctype>
#include <cstddef>

namespace unitcost {
namespace {

// Longer words are not typing errors of anything we know; the bound keeps hostile input from costing quadratic time.
constexpr std::size_t kLongestWord = 128;

std::string lower(std::string_view word) {
  std::string result(word);
  std::transform(result.begin(), result.end(), result.begin(),
                 [](unsigned char letter) { return static_cast<char>(std::tolower(letter)); });
  return result;
}

/// Optimal string alignment: insert, delete, replace, swap neighbours, each at cost 1.
std::size_t edit_distance(const std::string& from, const std::string& to) {
  const std::size_t width = to.size() + 1;
  std::vector<std::size_t> before(width), last(width), row(width);
  for (std::size_t j = 0; j < width; ++j) last[j] = j;
  for (std::size_t i = 1; i <= from.size(); ++i) {
    row[0] = i;
    for (std::size_t j = 1; j < width; ++j) {
      const std::size_t change = from[i - 1] == to[j - 1] ? 0 : 1;
      row[j] = std::min({last[j] + 1, row[j - 1] + 1, last[j - 1] + change});
      if (i > 1 && j > 1 && from[i - 1] == to[j - 2] && from[i - 2] == to[j - 1]) row[j] = std::min(row[j], before[j - 2] + 1);
    }
    std::swap(before, last);
    std::swap(last, row);
  }
  return last[to.size()];
}

}  // namespace

std::string nearest(std::string_view word, const std::vector<std::string>& known) {
  if (word.empty() || word.size() > kLongestWord) return {};
  const std::string wanted = lower(word);
  const std::string* best = nullptr;
  std::size_t least = 0;
  for (const std::string& candidate : known) {
    if (candidate.empty() || candidate.size() > kLongestWord) continue;
    const std::string other = lower(candidate);
    const std::size_t distance = edit_distance(wanted, other);
    const std::size_t allowed = std::max<std::size_t>(1, std::max(wanted.size(), other.size()) / 3);
    const bool near = distance <= allowed && distance < std::max(wanted.size(), other.size());
    if (near && (best == nullptr || distance < least)) {
      best = &candidate;
      least = distance;
    }
  }
  if (best != nullptr) return *best;
  const auto begun = std::find_if(known.begin(), known.end(), [&wanted](const std::string& candidate) {
    return wanted.size() >= 3 && lower(candidate).starts_with(wanted);
  });
  return begun == known.end() ? std::string{} : *begun;
}

std::string did_you_mean(std::string_view word, const std::vector<std::string>& known) {
  const std::string winner = nearest(word, known);
  return winner.empty() ? std::string{} : "; did you mean '" + winner + "'?";
}

}  // namespace unitcost
