#pragma once
// "did you mean …?": the known word that a mistyped one is nearest to.
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace unitcost {

/// The word of `known` with the least edit distance (a swap of neighbours counts once; upper and lower case are the same), or the
/// one that contains it; empty when nothing is near: more than a third of the letters would have to change. The first of equals.
std::string nearest(std::string_view word, const std::vector<std::string>& known);

/// At most `count` words of `known` that are near by the same rule or that contain `word`, the nearest first.
std::vector<std::string> nearest_few(std::string_view word, const std::vector<std::string>& known, std::size_t count);

/// "; did you mean 'cpus'?" or, with nothing near, "" — to be put behind a message.
std::string did_you_mean(std::string_view word, const std::vector<std::string>& known);

/// The same, but with nothing near "; known: cpus, slow, …" if these are at most 16.
std::string did_you_mean_or_known(std::string_view word, const std::vector<std::string>& known);

}  // namespace unitcost
