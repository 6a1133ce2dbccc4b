#include "benchmarks/kernels/memory_order.hpp"

#include <algorithm>
#include <array>
#include <numeric>
#include <span>
#include <stdexcept>

namespace unitcost::kernels {
namespace {

std::uint64_t mix(std::uint64_t x) {  // splitmix64 (Steele, Lea, Flood 2014)
  x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9U;
  x = (x ^ (x >> 27)) * 0x94d049bb133111ebU;
  return x ^ (x >> 31);
}

class Lots {
 public:
  explicit Lots(std::uint64_t seed) : seed_(seed) {}
  std::uint32_t below(std::uint64_t limit) {
    seed_ += 0x9e3779b97f4a7c15U;
    return static_cast<std::uint32_t>(((mix(seed_) >> 32) * limit) >> 32);
  }

 private:
  std::uint64_t seed_;
};

/// Swaps each place, from the last down, with one that is drawn from it and those before. Places are drawn kAhead swaps early: enough to cover a miss to memory
/// at a few ns a swap.
void shuffle(std::span<std::uint32_t> values, Lots& lots) {
  constexpr std::size_t kAhead = 32;
  std::array<std::uint32_t, kAhead> drawn{};
  const std::size_t count = values.size();
  const auto draw = [&](std::size_t swap) {
    if (swap >= count) return;
    const std::uint32_t place = lots.below(count - swap);
    drawn[swap % kAhead] = place;
    __builtin_prefetch(&values[place], 1);
  };
  for (std::size_t swap = 0; swap < kAhead; ++swap) draw(swap);
  for (std::size_t swap = 0; swap < count; ++swap) {
    const std::uint32_t place = drawn[swap % kAhead];
    draw(swap + kAhead);
    std::swap(values[count - 1 - swap], values[place]);
  }
}

/// One node of each group in every window, in random order: the one that `first` says plus `pass`.
void visit_one_of_each(std::uint32_t count, const std::vector<std::uint8_t>& first, std::uint32_t pass, Lots& lots,
                       std::vector<std::uint32_t>& visits) {
  std::vector<std::uint32_t> windows((count + kWindowNodes - 1) / kWindowNodes);
  std::iota(windows.begin(), windows.end(), 0U);
  shuffle(windows, lots);
  for (const std::uint32_t window : windows) {
    const std::size_t from = visits.size();
    const std::uint32_t end = std::min(count, (window + 1) * kWindowNodes);
    for (std::uint32_t group = window * kWindowNodes; group < end; group += kGroupNodes) {
      const std::uint32_t position = group + (first[group / kGroupNodes] + pass) % kGroupNodes;
      if (position < count) visits.push_back(position);
    }
    shuffle(std::span(visits).subspan(from), lots);
  }
}

std::vector<std::uint32_t> local_visits(std::uint32_t count, Lots& lots) {
  std::vector<std::uint8_t> first((std::size_t{count} + kGroupNodes - 1) / kGroupNodes);
  for (auto& lot : first) lot = static_cast<std::uint8_t>(lots.below(kGroupNodes));
  std::vector<std::uint32_t> visits;
  visits.reserve(count);
  for (std::uint32_t pass = 0; pass < kGroupNodes; ++pass) visit_one_of_each(count, first, pass, lots, visits);
  return visits;
}

}  // namespace

std::string_view name_of(Order order) {
  constexpr std::array<std::string_view, 4> kNames{"sequential", "reverse", "random", "local"};
  return kNames.at(static_cast<std::size_t>(order));
}

std::vector<std::uint32_t> make_visits(std::uint32_t count, Order order, std::uint64_t seed) {
  Lots lots(seed);
  if (order == Order::kLocal) return local_visits(count, lots);
  std::vector<std::uint32_t> visits(count);
  std::iota(visits.begin(), visits.end(), 0U);
  if (order == Order::kReverse) std::ranges::reverse(visits);
  if (order == Order::kRandom) shuffle(visits, lots);
  return visits;
}

std::vector<std::uint32_t> make_visits_by_stride(std::uint32_t count, std::uint32_t stride) {
  if (stride == 0) throw std::invalid_argument("a stride is at least 1");
  std::vector<std::uint32_t> visits;
  visits.reserve(count);
  for (std::uint32_t column = 0; column < std::min(stride, count); ++column) {
    for (std::uint64_t at = column; at < count; at += stride) visits.push_back(static_cast<std::uint32_t>(at));
  }
  return visits;
}

std::vector<std::uint32_t> successors_of(const std::vector<std::uint32_t>& visits) {
  std::vector<std::uint32_t> next(visits.size());
  for (std::size_t i = 0; i + 1 < visits.size(); ++i) next[visits[i]] = visits[i + 1];
  if (!visits.empty()) next[visits.back()] = visits.front();
  return next;
}

std::vector<std::uint32_t> make_cycle(std::uint32_t count, Order order, std::uint64_t seed) {
  if (count == 0) throw std::invalid_argument("a cycle has at least one node");
  return successors_of(make_visits(count, order, seed));
}

}  // namespace unitcost::kernels
