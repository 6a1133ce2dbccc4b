#include "harness/run/memory_reserve.hpp"

#include <sys/mman.h>

#include <algorithm>
#include <ctime>

namespace unitcost {
namespace {

double thread_cpu_s() {
  timespec time{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
  return static_cast<double>(time.tv_sec) + 1e-9 * static_cast<double>(time.tv_nsec);
}

/// False when the kernel has no memory for it. Kernels before 5.14 cannot be asked, and are not: a plain touch that fails kills.
bool touch(void* chunk, std::size_t bytes) {
#ifdef MADV_POPULATE_WRITE
  return madvise(chunk, bytes, MADV_POPULATE_WRITE) == 0;
#else
  static_cast<void>(chunk), static_cast<void>(bytes);
  return false;
#endif
}

}  // namespace

std::uint64_t worth_holding_bytes(const PlannedCase& planned) {
  constexpr std::uint64_t kLargeBytes = std::uint64_t{100} << 20U;
  const bool on_huge_pages = planned.name.find("page:huge") != std::string::npos;
  return planned.dropped.empty() && on_huge_pages && planned.memory_bytes > kLargeBytes ? planned.memory_bytes : 0;
}

std::uint64_t most_held_bytes(const Plan& plan, std::uint64_t free_bytes) {
  std::uint64_t largest = 0;
  std::uint64_t largest_other = 0;
  for (const PlannedCase& planned : plan.cases) {
    const std::uint64_t bytes = worth_holding_bytes(planned);
    largest = std::max(largest, bytes);
    if (bytes == 0 && planned.dropped.empty()) largest_other = std::max(largest_other, planned.memory_bytes);
  }
  const std::uint64_t half = free_bytes / 2;
  return std::min(largest, half - std::min(half, largest_other));
}

MemoryReserve::~MemoryReserve() {
  for (void* chunk : chunks_) munmap(chunk, kChunkBytes);
}

void MemoryReserve::let_go(std::uint64_t bytes) {
  const double began_s = thread_cpu_s();
  while (!chunks_.empty() && held_bytes() + bytes > most_bytes_) {
    munmap(chunks_.back(), kChunkBytes);
    chunks_.pop_back();
  }
  cpu_s_ += thread_cpu_s() - began_s;
}

void MemoryReserve::take_back(std::uint64_t bytes) {
  const double began_s = thread_cpu_s();
  wanted_bytes_ = std::max(wanted_bytes_, std::min(bytes, most_bytes_));
  while (held_bytes() + kChunkBytes <= wanted_bytes_ && hold_one()) {
  }
  cpu_s_ += thread_cpu_s() - began_s;
}

bool MemoryReserve::hold_one() {
  void* chunk = mmap(nullptr, kChunkBytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (chunk == MAP_FAILED) {
    most_bytes_ = held_bytes();
    return false;
  }
  madvise(chunk, kChunkBytes, MADV_HUGEPAGE);  // where refused, base pages do as well
  if (!touch(chunk, kChunkBytes)) {
    munmap(chunk, kChunkBytes);
    most_bytes_ = held_bytes();
    return false;
  }
  chunks_.push_back(chunk);
  return true;
}

}  // namespace unitcost
