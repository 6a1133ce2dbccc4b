#include "benchmarks/support/histogram.hpp"

#include <algorithm>
#include <bit>
#include <cmath>

namespace unitcost {

// Below 2^7 a value is its own bucket. Above, the octave says how many low bits are dropped, and the 7 that stay (the first is 1) say which bucket of it.
std::size_t Histogram::bucket_of(std::uint64_t value) {
  const auto width = static_cast<unsigned>(std::bit_width(value));
  if (width <= kExactBits) return static_cast<std::size_t>(value);
  const unsigned dropped = width - kExactBits;
  return dropped * kPerOctave + static_cast<std::size_t>(value >> dropped);
}

double Histogram::middle_of(std::size_t bucket) {
  if (bucket < 2 * kPerOctave) return static_cast<double>(bucket);
  const auto dropped = static_cast<int>(bucket / kPerOctave) - 1;
  const auto kept = static_cast<double>(bucket % kPerOctave + kPerOctave);
  return std::ldexp(kept, dropped) + (std::ldexp(1.0, dropped) - 1.0) / 2.0;
}

void Histogram::add(std::uint64_t value) {
  ++buckets_[bucket_of(value)];
  ++count_;
  largest_ = std::max(largest_, value);
}

void Histogram::add(const Histogram& other) {
  for (std::size_t bucket = 0; bucket < kBuckets; ++bucket) buckets_[bucket] += other.buckets_[bucket];
  count_ += other.count_;
  largest_ = std::max(largest_, other.largest_);
}

double Histogram::quantile(double share) const {
  const auto rank = static_cast<std::uint64_t>(std::ceil(share * static_cast<double>(count_)));
  std::uint64_t seen = 0;
  for (std::size_t bucket = 0; bucket < kBuckets; ++bucket) {
    seen += buckets_[bucket];
    if (seen >= rank && seen > 0) return middle_of(bucket);
  }
  return 0.0;
}

}  // namespace unitcost
