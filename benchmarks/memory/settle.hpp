#pragma once
// Brings the caches into the state that a walk keeps them in.
#include <algorithm>
#include <chrono>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

#include "benchmarks/kernels/memory_ring.hpp"
#include "benchmarks/support/sizes.hpp"

namespace unitcost {

/// Operations of one iteration: enough that the loop around them costs nothing.
constexpr std::uint64_t kStepsPerBatch = 1024;

// Building leaves more of a ring in the last cache than stays there while it is walked: other cores take the room of what is not used again at once. In a pilot a ring of
// 48 MiB began at 55 ns a load and rose for 0.9 s, to 125; begun without a line in the cache it cost 125 at once and for good. One of 32 MiB cost 41 throughout, and came back to
// that in 0.5 s after it was begun without a line. Reading the rings many lines at a time before the walk held 64 MiB in the cache, for a second: no way to warm them.
// Rings beyond 128 MiB were flat. So a ring is walked until three windows of time agree, for eight rounds or that long at most; when the cost rises, the ring does not stay, and
// what is left of it in the caches is thrown out, which is what the walk would come to.
constexpr std::uint64_t kSettledUpTo = 128 * kMiB;
constexpr std::uint64_t kSettleRounds = 8;
constexpr std::chrono::milliseconds kSettleTime{100};
constexpr std::chrono::milliseconds kWindowTime{8};
constexpr double kIsFlat = 1.02;
constexpr double kRises = 1.10;

/// Walks for a window of time, `most_steps` at most.
template <class Node>
struct WalkedWindow {
  const Node* at;
  std::uint64_t steps = 0;
  double cost_ns = 0.0;  ///< of one step

  WalkedWindow(const Node* start, std::uint64_t most_steps) : at(start) {
    using Clock = std::chrono::steady_clock;
    const auto begin = Clock::now();
    Clock::duration elapsed{};
    for (; steps < most_steps && elapsed < kWindowTime; elapsed = Clock::now() - begin) {
      at = kernels::walk(at, kStepsPerBatch);
      steps += kStepsPerBatch;
    }
    cost_ns = std::chrono::duration<double, std::nano>(elapsed).count() / static_cast<double>(steps);
  }
};

/// Walks the ring from `at` until its cost no longer changes, and gives where the walk then is.
template <class Node>
const Node* settle(const Node* at, std::span<const Node> nodes) {
  if (nodes.size_bytes() > kSettledUpTo) return at;
  const std::uint64_t most_steps = kSettleRounds * nodes.size();
  const auto deadline = std::chrono::steady_clock::now() + kSettleTime;
  std::vector<double> costs;
  for (std::uint64_t done = 0; done < most_steps && std::chrono::steady_clock::now() < deadline;) {
    const WalkedWindow window(at, most_steps - done);
    at = window.at;
    done += window.steps;
    costs.push_back(window.cost_ns);
    if (costs.size() < 3) continue;
    const auto [least, most] = std::minmax_element(costs.end() - 3, costs.end());
    if (*most <= kIsFlat * *least) break;
    const bool rises = std::min(*(costs.end() - 2), costs.back()) > kRises * costs.front();
    if (rises && kernels::evict(std::as_bytes(nodes))) costs.clear();
  }
  return at;
}

}  // namespace unitcost
