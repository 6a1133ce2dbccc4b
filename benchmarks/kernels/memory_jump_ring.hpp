#pragma once
// A ring of cache lines in random order of which every position can be computed: it is linked in one pass over the memory, walks may start anywhere
// on it, and where a walk must end is known without walking.
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "benchmarks/kernels/memory_ring.hpp"

namespace unitcost::kernels {

/// A permutation of the numbers below 2^bits that looks random, and its inverse: shifted xors and odd multiplications, each of which can be undone.
class Shuffle {
 public:
  /// bits <= 32; odd factors are drawn from `seed`.
  Shuffle(unsigned bits, std::uint64_t seed);
  [[nodiscard]] std::uint64_t place_of(std::uint64_t number) const;
  [[nodiscard]] std::uint64_t number_at(std::uint64_t place) const;

 private:
  std::uint64_t mask_;
  unsigned shift_;
  std::uint64_t first_factor_;
  std::uint64_t second_factor_;
  std::uint64_t first_inverse_;
  std::uint64_t second_inverse_;
};

/// Lines linked in the caller's memory, which must outlive the ring. Numbers follow each other by x -> a·x + c mod 2^bits with a = 5 mod 8 and c odd, which is one cycle
/// through all of them (Hull & Dobell 1962); the shuffle says which line a number is.
class JumpRing {
 public:
  /// Writes the lines in order of address. Throws std::invalid_argument unless `memory` is aligned to a line and its size is a power of two of at most 2^32 lines.
  static JumpRing link(std::span<std::byte> memory, std::uint64_t seed);

  [[nodiscard]] std::span<const Line> lines() const { return lines_; }

  /// The line that `steps` links lead to from the first; the ring goes round.
  [[nodiscard]] const Line* after(std::uint64_t steps) const;

 private:
  JumpRing(std::span<const Line> lines, const Shuffle& shuffle, std::uint64_t factor, std::uint64_t summand)
      : lines_(lines), shuffle_(shuffle), factor_(factor), summand_(summand) {}
  std::span<const Line> lines_;
  Shuffle shuffle_;
  std::uint64_t factor_;
  std::uint64_t summand_;
};

/// Every position below 2^bits once, in random order. bits <= 32.
std::vector<std::uint32_t> shuffled_positions(unsigned bits, std::uint64_t seed);

}  // namespace unitcost::kernels
