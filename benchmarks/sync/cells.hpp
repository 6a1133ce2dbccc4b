#pragma once
// Where the locks of a case live, and whether what they protect came out exact.
#include <algorithm>
#include <cstdint>
#include <memory>
#include <new>
#include <type_traits>
#include <vector>

#include "benchmarks/kernels/sync_locks.hpp"
#include "benchmarks/support/case.hpp"
#include "benchmarks/support/placement.hpp"

namespace unitcost {

/// A lock and what it protects, each on a cache line of its own, at an offset within a page that is drawn anew for every object.
template <class Lock>
class Cell {
 public:
  Cell() : buffer_(sizeof(Lines), next_draw()), lines_(new (buffer_.bytes().data()) Lines) {}
  ~Cell() { lines_->~Lines(); }
  Cell(const Cell&) = delete;
  Cell& operator=(const Cell&) = delete;
  Lock& lock() { return lines_->lock; }
  kernels::Guarded& guarded() { return lines_->guarded; }

 private:
  struct Lines {
    alignas(64) Lock lock;
    alignas(64) kernels::Guarded guarded;
  };
  PlacedBuffer buffer_;
  Lines* lines_;
};

/// The one lock of all members, or without a lock one cell for each member: plain data has one owner then.
template <class Lock>
class Cells {
 public:
  explicit Cells(int members) {
    const int count = std::is_same_v<Lock, kernels::NoLock> ? members : 1;
    for (int cell = 0; cell < count; ++cell) cells_.push_back(std::make_unique<Cell<Lock>>());
  }
  Cell<Lock>& of(int member) { return *cells_[static_cast<std::size_t>(member) % cells_.size()]; }

  /// All cells together saw `entries`, and each made the steps of all of its own. False: two were inside at once.
  [[nodiscard]] bool are_exact(std::uint64_t entries, std::uint64_t section_steps) const {
    std::uint64_t seen = 0;
    for (const auto& cell : cells_) seen += cell->guarded().entries;
    return seen == entries && std::all_of(cells_.begin(), cells_.end(), [&](const auto& cell) {
             const kernels::Guarded& guarded = cell->guarded();
             return guarded.value == kernels::work_expected(kernels::Guarded{}.value, guarded.entries * section_steps);
           });
  }

 private:
  std::vector<std::unique_ptr<Cell<Lock>>> cells_;
};

}  // namespace unitcost
