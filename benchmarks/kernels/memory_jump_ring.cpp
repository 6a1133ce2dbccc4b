#include "benchmarks/kernels/memory_jump_ring.hpp"

#include <bit>
#include <new>
#include <stdexcept>

namespace unitcost::kernels {
namespace {

constexpr unsigned kMostBits = 32;

std::uint64_t mix(std::uint64_t x) {  // splitmix64 (Steele, Lea, Flood 2014)
  x += 0x9e3779b97f4a7c15U;
  x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9U;
  x = (x ^ (x >> 27)) * 0x94d049bb133111ebU;
  return x ^ (x >> 31);
}

/// inverse · odd = 1 mod 2^64. Newton: each round doubles the right bits, and odd · odd = 1 mod 8 gives the first three.
std::uint64_t inverse_of(std::uint64_t odd) {
  std::uint64_t inverse = odd;
  for (int right_bits = 3; right_bits < 64; right_bits *= 2) inverse *= 2 - odd * inverse;
  return inverse;
}

}  // namespace

Shuffle::Shuffle(unsigned bits, std::uint64_t seed)
    : mask_((std::uint64_t{1} << bits) - 1),
      shift_((bits + 1) / 2),  // at least half of the bits: such a shifted xor undoes itself
      first_factor_(mix(seed) | 1U),
      second_factor_(mix(seed + 1) | 1U),
      first_inverse_(inverse_of(first_factor_)),
      second_inverse_(inverse_of(second_factor_)) {}

std::uint64_t Shuffle::place_of(std::uint64_t number) const {
  number ^= number >> shift_;
  number = (number * first_factor_) & mask_;
  number ^= number >> shift_;
  number = (number * second_factor_) & mask_;
  return number ^ (number >> shift_);
}

std::uint64_t Shuffle::number_at(std::uint64_t place) const {
  place ^= place >> shift_;
  place = (place * second_inverse_) & mask_;
  place ^= place >> shift_;
  place = (place * first_inverse_) & mask_;
  return place ^ (place >> shift_);
}

JumpRing JumpRing::link(std::span<std::byte> memory, std::uint64_t seed) {
  const std::size_t count = memory.size() / kLineBytes;
  const bool is_aligned = reinterpret_cast<std::uintptr_t>(memory.data()) % kLineBytes == 0;
  if (!is_aligned || memory.size() % kLineBytes != 0 || !std::has_single_bit(count) || count >> kMostBits > 1) {
    throw std::invalid_argument("such a ring needs aligned memory for a power of two of lines");
  }
  const Shuffle shuffle(static_cast<unsigned>(std::countr_zero(count)), seed);
  const std::uint64_t factor = (mix(seed + 2) & ~std::uint64_t{7}) | 5U;
  const std::uint64_t summand = mix(seed + 3) | 1U;
  auto* lines = reinterpret_cast<Line*>(memory.data());
  for (std::size_t i = 0; i < count; ++i) {
    const std::uint64_t next = (shuffle.number_at(i) * factor + summand) & (count - 1);
    ::new (&lines[i]) Line{&lines[shuffle.place_of(next)], i};
  }
  return {{lines, count}, shuffle, factor, summand};
}

const Line* JumpRing::after(std::uint64_t steps) const {
  // `steps` times x -> a·x + c is x -> a'·x + c' again; squares for the bits of `steps`.
  std::uint64_t number = 0;
  std::uint64_t factor = factor_;
  std::uint64_t summand = summand_;
  for (; steps > 0; steps /= 2) {
    if (steps % 2 == 1) number = number * factor + summand;
    summand += factor * summand;
    factor *= factor;
  }
  return &lines_[shuffle_.place_of(number & (lines_.size() - 1))];
}

std::vector<std::uint32_t> shuffled_positions(unsigned bits, std::uint64_t seed) {
  const Shuffle shuffle(bits, seed);
  std::vector<std::uint32_t> positions(std::size_t{1} << bits);
  for (std::size_t i = 0; i < positions.size(); ++i) positions[i] = static_cast<std::uint32_t>(shuffle.place_of(i));
  return positions;
}

}  // namespace unitcost::kernels
