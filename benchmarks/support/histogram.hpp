#pragma once
// Millions of latencies in constant memory, without a sample that could miss the tail.
#include <array>
#include <cstddef>
#include <cstdint>

namespace unitcost {

/// Whole numbers (ns) in buckets that are exact below 128 and at most 1/64 of their value wide above, up to 2^64. Begins with a cache line, so that
/// those of several threads share none.
class alignas(64) Histogram {
 public:
  void add(std::uint64_t value);
  void add(const Histogram& other);
  [[nodiscard]] std::uint64_t count() const { return count_; }
  [[nodiscard]] std::uint64_t largest() const { return largest_; }  ///< exact; 0 when empty

  /// The middle of the bucket that holds the value of rank ceil(share * count), 0 < share <= 1. 0 when empty.
  [[nodiscard]] double quantile(double share) const;

 private:
  static constexpr unsigned kExactBits = 7;
  static constexpr std::size_t kPerOctave = std::size_t{1} << (kExactBits - 1);
  static constexpr std::size_t kBuckets = 2 * kPerOctave + (64 - kExactBits) * kPerOctave;
  static std::size_t bucket_of(std::uint64_t value);
  static double middle_of(std::size_t bucket);
  std::array<std::uint64_t, kBuckets> buckets_{};
  std::uint64_t count_ = 0;
  std::uint64_t largest_ = 0;
};

}  // namespace unitcost
