#pragma once
// Our own generator and distributions: the standard library's distributions give other numbers on other platforms.
// xoshiro256** (Blackman and Vigna 2018), seeded by SplitMix64.
#include <array>
#include <cstdint>

namespace unitcost {

class Random {
 public:
  explicit Random(std::uint64_t seed);

  std::uint64_t bits();                      ///< 64 random bits
  double uniform();                          ///< in [0, 1), 53 bits
  std::uint64_t below(std::uint64_t bound);  ///< in [0, bound), without bias; bound > 0
  double normal();                           ///< mean 0, sd 1 (polar method)
  double exponential();                      ///< mean 1

 private:
  std::array<std::uint64_t, 4> state_{};
  double spare_ = 0.0;
  bool has_spare_ = false;
};

}  // namespace unitcost
