#include "harness/stats/multiple.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>

namespace unitcost {
namespace {

/// Indices of the values that are there, the smallest first.
std::vector<std::size_t> ascending(const std::vector<double>& p) {
  std::vector<std::size_t> order;
  for (std::size_t index = 0; index < p.size(); ++index) {
    if (!std::isnan(p[index])) order.push_back(index);
  }
  std::ranges::stable_sort(order, {}, [&](std::size_t index) { return p[index]; });
  return order;
}

}  // namespace

std::vector<double> holm_adjusted(const std::vector<double>& p) {
  const std::vector<std::size_t> order = ascending(p);
  std::vector<double> adjusted = p;
  double largest = 0.0;  // a test is rejected only when all before it are
  for (std::size_t at = 0; at < order.size(); ++at) {
    largest = std::max(largest, std::min(1.0, static_cast<double>(order.size() - at) * p[order[at]]));
    adjusted[order[at]] = largest;
  }
  return adjusted;
}

std::vector<double> benjamini_hochberg_adjusted(const std::vector<double>& p) {
  const std::vector<std::size_t> order = ascending(p);
  std::vector<double> adjusted = p;
  double smallest = 1.0;  // a test is rejected when any after it is
  for (std::size_t at = order.size(); at-- > 0;) {
    const double rank = static_cast<double>(at + 1);
    smallest = std::min(smallest, static_cast<double>(order.size()) / rank * p[order[at]]);
    adjusted[order[at]] = smallest;
  }
  return adjusted;
}

}  // namespace unitcost
