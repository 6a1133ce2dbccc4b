#include "benchmarks/kernels/allocation_checked.hpp"

#include <algorithm>
#include <utility>
#include <vector>

namespace unitcost::kernels {
namespace {

/// A linear congruential generator (Knuth's MMIX); its high bits are the good ones.
struct Numbers {
  std::uint64_t state;
  std::uint64_t next() {
    state = state * 6364136223846793005U + 1442695040888963407U;
    return state >> 33U;
  }
};

struct Node {
  std::uint64_t number;
  Node* next;
};

}  // namespace

std::uint64_t sort_numbers(std::uint64_t count, std::uint64_t seed) {
  Numbers draw{seed};
  std::vector<std::uint64_t> numbers(count);
  for (std::uint64_t& number : numbers) number = draw.next();
  std::sort(numbers.begin(), numbers.end());
  std::uint64_t sum = 0;
  for (std::uint64_t at = 0; at < count; ++at) sum += (at + 1) * numbers[at];
  return sum;
}

std::uint64_t build_list(std::uint64_t count, std::uint64_t seed) {
  Numbers draw{seed};
  Node* first = nullptr;
  for (std::uint64_t made = 0; made < count; ++made) first = new Node{draw.next(), first};
  std::uint64_t sum = 0;
  std::uint64_t place = 0;
  for (const Node* node = first; node != nullptr; node = node->next) sum += ++place * node->number;
  while (first != nullptr) delete std::exchange(first, first->next);
  return sum;
}

}  // namespace unitcost::kernels
