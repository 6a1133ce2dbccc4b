#pragma once
// Memory that is held while no block needs it. A guest whose balloon reports free memory loses it to the host within seconds, and touching it again then waits for the host:
// 256 MiB took 0.7 s, and 0.04 s when they had been held until then (measured on one guest).
#include <cstddef>
#include <cstdint>
#include <vector>

#include "harness/plan/plan.hpp"

namespace unitcost {

/// What of a block's memory is worth holding between blocks: all of it where it is large and on huge pages, else 0. Base pages are made of what is left of broken blocks, which
/// is not reported to the host; and holding costs the time of clearing pages, 0.14 s a gigabyte on that guest.
std::uint64_t worth_holding_bytes(const PlannedCase& planned);

/// The most that may be held under a plan: what its largest such block needs, and never more than half of the free memory together with any other block.
std::uint64_t most_held_bytes(const Plan& plan, std::uint64_t free_bytes);

class MemoryReserve {
 public:
  /// With what a block uses, `most_bytes` at most are in use; 0 holds nothing, ever.
  explicit MemoryReserve(std::uint64_t most_bytes) : most_bytes_(most_bytes) {}
  ~MemoryReserve();
  MemoryReserve(const MemoryReserve&) = delete;
  MemoryReserve& operator=(const MemoryReserve&) = delete;

  /// Before a block: frees so much that with the block's `bytes` no more than the reserve's most is in use.
  void let_go(std::uint64_t bytes);
  /// After that block: takes what it has given back, and touches it. Where the kernel has none to give, holds less.
  void take_back(std::uint64_t bytes);

  [[nodiscard]] std::uint64_t held_bytes() const { return chunks_.size() * kChunkBytes; }
  /// Processor time of all this so far.
  [[nodiscard]] double cpu_s() const { return cpu_s_; }

  static constexpr std::uint64_t kChunkBytes = std::uint64_t{8} << 20U;

 private:
  bool hold_one();

  std::uint64_t most_bytes_;
  std::uint64_t wanted_bytes_ = 0;  ///< what the largest block so far used: more was never given back
  std::vector<void*> chunks_;
  double cpu_s_ = 0.0;
};

}  // namespace unitcost
