#include "harness/base/nearest.hpp"

#include <algorithm>
#include <cctype>
#include <cstddef>

namespace unitcost {
namespace {

// Longer words are not typing errors of anything we know; the bound keeps hostile input from costing quadratic time.
constexpr std::size_t kLongestWord = 128;
constexpr std::size_t kMostListed = 16;

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
      if (i > 1 && j > 1 && from[i - 1] == to[j - 2] && from[i - 2] == to[j - 1])
        row[j] = std::min(row[j], before[j - 2] + 1);
    }
    std::swap(before, last);
    std::swap(last, row);
  }
  return last[to.size()];
}

struct Match {
  std::size_t distance = 0;
  const std::string* word = nullptr;
};

/// Those of `known` that are near, in the order of `known`.
std::vector<Match> near_words(const std::string& wanted, const std::vector<std::string>& known) {
  std::vector<Match> matches;
  for (const std::string& candidate : known) {
    if (candidate.empty() || candidate.size() > kLongestWord) continue;
    const std::string other = lower(candidate);
    const std::size_t longer = std::max(wanted.size(), other.size());
    const std::size_t distance = edit_distance(wanted, other);
    if (distance <= std::max<std::size_t>(1, longer / 3) && distance < longer)
      matches.push_back({distance, &candidate});
  }
  return matches;
}

/// The nearest first; equals keep the order of `known`. Words that contain `wanted` stand behind.
std::vector<Match> ranked(std::string_view word, const std::vector<std::string>& known) {
  if (word.empty() || word.size() > kLongestWord) return {};
  const std::string wanted = lower(word);
  std::vector<Match> matches = near_words(wanted, known);
  std::stable_sort(matches.begin(), matches.end(),
                   [](const Match& a, const Match& b) { return a.distance < b.distance; });
  if (wanted.size() < 3) return matches;
  const std::size_t near = matches.size();
  for (const std::string& candidate : known) {
    const bool listed = std::any_of(matches.begin(), matches.begin() + static_cast<std::ptrdiff_t>(near),
                                    [&candidate](const Match& match) { return match.word == &candidate; });
    if (!listed && lower(candidate).find(wanted) != std::string::npos) matches.push_back({kLongestWord, &candidate});
  }
  return matches;
}

}  // namespace

std::string nearest(std::string_view word, const std::vector<std::string>& known) {
  const std::vector<Match> matches = ranked(word, known);
  return matches.empty() ? std::string{} : *matches.front().word;
}

std::vector<std::string> nearest_few(std::string_view word, const std::vector<std::string>& known, std::size_t count) {
  std::vector<std::string> words;
  for (const Match& match : ranked(word, known)) {
    if (words.size() == count) break;
    words.push_back(*match.word);
  }
  return words;
}

std::string did_you_mean(std::string_view word, const std::vector<std::string>& known) {
  const std::string winner = nearest(word, known);
  return winner.empty() ? std::string{} : "; did you mean '" + winner + "'?";
}

std::string did_you_mean_or_known(std::string_view word, const std::vector<std::string>& known) {
  std::string suggestion = did_you_mean(word, known);
  if (!suggestion.empty()) return suggestion;
  if (known.empty() || known.size() > kMostListed) return {};
  std::string list = "; known: ";
  for (const std::string& candidate : known) list += (&candidate == known.data() ? "" : ", ") + candidate;
  return list;
}

}  // namespace unitcost
