#include "benchmarks/kernels/allocation_threads.hpp"

#include <cstdlib>
#include <new>
#include <thread>

namespace unitcost::kernels {
namespace {

/// The empty statement keeps the compiler from joining what is written and what is read.
[[gnu::always_inline]] inline void forget(Batch& batch) { asm volatile("" : : "r"(batch.data()) : "memory"); }

void write_words(Batch& batch, Tally& tally) {
  for (std::uint64_t* block : batch) {
    *block = tally.made;
    tally.wrote += tally.made++;
  }
  forget(batch);
}

void make(Batch& batch, Tally& tally) {
  for (std::uint64_t*& block : batch) {
    block = static_cast<std::uint64_t*>(std::malloc(kBlockBytes));
    if (block == nullptr) throw std::bad_alloc();
    *block = tally.made;
    tally.wrote += tally.made++;
  }
  forget(batch);
}

void give_back(Batch& batch, Tally& tally) {
  forget(batch);
  for (std::uint64_t* block : batch) {
    tally.read += *block;
    std::free(block);
    ++tally.freed;
  }
}

void read_words(const Batch& batch, Tally& tally) {
  for (const std::uint64_t* block : batch) {
    tally.read += *block;
    ++tally.freed;
  }
}

}  // namespace

bool BatchQueue::put(const Batch& batch) {
  const std::uint64_t at = put_.load(std::memory_order_relaxed);
  if (at - taken_.load(std::memory_order_acquire) == kRoom) return false;
  batches_[at % kRoom] = batch;
  put_.store(at + 1, std::memory_order_release);
  return true;
}

bool BatchQueue::take(Batch& batch) {
  const std::uint64_t at = taken_.load(std::memory_order_relaxed);
  if (put_.load(std::memory_order_acquire) == at) return false;
  batch = batches_[at % kRoom];
  taken_.store(at + 1, std::memory_order_release);
  return true;
}

Tally allocate_and_free(const std::atomic<bool>& stop) {
  Tally tally;
  Batch batch{};
  while (!stop.load(std::memory_order_relaxed)) {
    make(batch, tally);
    give_back(batch, tally);
  }
  return tally;
}

Tally allocate_and_pass_on(BatchQueue& out, BatchQueue& in, const std::atomic<bool>& stop) {
  Tally tally;
  Batch mine{};
  Batch received{};
  while (!stop.load(std::memory_order_relaxed)) {
    make(mine, tally);
    while (!out.put(mine)) {
      if (in.take(received)) {
        give_back(received, tally);
      } else if (stop.load(std::memory_order_relaxed)) {
        give_back(mine, tally);
        return tally;
      } else {
        std::this_thread::yield();
      }
    }
    if (in.take(received)) give_back(received, tally);
  }
  return tally;
}

Tally free_the_rest(BatchQueue& queue) {
  Tally tally;
  Batch batch{};
  while (queue.take(batch)) give_back(batch, tally);
  return tally;
}

Tally touch_batches(const std::atomic<bool>& stop) {
  struct alignas(kBlockBytes) Block {
    std::uint64_t word;
  };
  std::array<Block, kBatchBlocks> blocks{};
  Batch batch{};
  for (std::size_t block = 0; block < kBatchBlocks; ++block) batch[block] = &blocks[block].word;
  Tally tally;
  while (!stop.load(std::memory_order_relaxed)) {
    write_words(batch, tally);
    read_words(batch, tally);
  }
  return tally;
}

void count_without_synchronisation(std::atomic<std::uint64_t>& counter, std::uint64_t times) {
  for (std::uint64_t done = 0; done < times; ++done) {
    counter.store(counter.load(std::memory_order_relaxed) + 1, std::memory_order_relaxed);
  }
}

}  // namespace unitcost::kernels
