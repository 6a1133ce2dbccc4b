// A hash of some bytes, and a counter that two threads share.
#include <benchmark/benchmark.h>

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace {

std::uint64_t fnv1a(const std::vector<unsigned char>& bytes, std::size_t count) {
  std::uint64_t hash = 14695981039346656037U;
  for (std::size_t i = 0; i < count; ++i) hash = (hash ^ bytes[i]) * 1099511628211U;
  return hash;
}

void hash(benchmark::State& state) {
  const auto size = static_cast<std::size_t>(state.range(0));
  std::vector<unsigned char> bytes(2 * size, 'x');
#ifdef EXAMPLE_SLOWER
  const std::size_t count = size + size / 10;
#else
  const std::size_t count = size;
#endif
  for (auto _ : state) {
    benchmark::DoNotOptimize(bytes.data());
    benchmark::DoNotOptimize(fnv1a(bytes, count));
  }
  state.SetBytesProcessed(state.iterations() * state.range(0));
}
BENCHMARK(hash)->ArgName("bytes")->Arg(256)->Arg(4096);

std::atomic<std::uint64_t> shared_count{0};

void count(benchmark::State& state) {
  for (auto _ : state) shared_count.fetch_add(1, std::memory_order_relaxed);
}
BENCHMARK(count)->Threads(2)->UseRealTime();

}  // namespace
