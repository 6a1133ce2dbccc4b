#pragma once
// Blocks that are made by one thread and given back by the same thread or by another; and a counter without any synchronisation.
#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>

namespace unitcost::kernels {

/// Blocks that are alive together: more than the C library keeps aside for one thread (7 of a size in glibc), so that its shared part is asked too.
constexpr std::size_t kBatchBlocks = 64;
constexpr std::size_t kBlockBytes = 64;

using Batch = std::array<std::uint64_t*, kBatchBlocks>;

/// What a thread did. `wrote` and `read` are sums of the words in the blocks that it made and of those that it gave back: over all threads they agree, or a block
/// was lost, given back twice, or handed out to two owners.
struct Tally {
  std::uint64_t made = 0;
  std::uint64_t freed = 0;
  std::uint64_t wrote = 0;
  std::uint64_t read = 0;
};

/// Batches on their way from one thread to one other. Bounded: a thread that makes more than the other gives back has to wait.
class BatchQueue {
 public:
  static constexpr std::size_t kRoom = 4;

  /// False: full. Called by one thread only.
  bool put(const Batch& batch);
  /// False: empty. Called by one thread only, which may be another one.
  bool take(Batch& batch);

 private:
  alignas(64) std::atomic<std::uint64_t> put_{0};
  alignas(64) std::atomic<std::uint64_t> taken_{0};
  alignas(64) std::array<Batch, kRoom> batches_{};
};

/// Makes a batch and gives it back in the order in which it was made, until `stop` is seen. Throws std::bad_alloc, as do the others.
Tally allocate_and_free(const std::atomic<bool>& stop);

/// Makes batches for `out` and gives back those that come by `in`, until `stop` is seen; waits by yielding where it can do neither. Every thread of a ring does
/// both, so that all do the same work. What is still in a queue at the end is left to free_the_rest().
Tally allocate_and_pass_on(BatchQueue& out, BatchQueue& in, const std::atomic<bool>& stop);

/// Gives back all that `queue` still holds.
Tally free_the_rest(BatchQueue& queue);

/// The control: the same loop over one batch of blocks that are there already.
Tally touch_batches(const std::atomic<bool>& stop);

/// Adds one, `times` times, by a load, an addition and a store, as `++` on a plain variable does. The accesses are atomic each (relaxed, which costs nothing), the
/// three together are not.
void count_without_synchronisation(std::atomic<std::uint64_t>& counter, std::uint64_t times);

}  // namespace unitcost::kernels
