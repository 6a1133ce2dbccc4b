#include "benchmarks/support/draws.hpp"

namespace unitcost {
namespace {

struct Draws {
  std::uint64_t seed = 1;
  std::uint64_t count = 0;
};
// One process is one block; Google Benchmark's bodies are free functions, so the block's draws live here.
Draws& draws() {
  static Draws state;
  return state;
}

std::uint64_t mix(std::uint64_t x) {  // splitmix64 (Steele, Lea, Flood 2014)
  x += 0x9e3779b97f4a7c15U;
  x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9U;
  x = (x ^ (x >> 27)) * 0x94d049bb133111ebU;
  return x ^ (x >> 31);
}

}  // namespace

void start_draws(std::uint64_t seed) { draws() = {seed, 0}; }
std::uint64_t block_seed() { return draws().seed; }
std::uint64_t next_draw() { return mix(draws().seed + 0x632be59bd9b4e019U * ++draws().count); }

}  // namespace unitcost
