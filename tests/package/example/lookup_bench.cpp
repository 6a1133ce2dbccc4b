// A fixture, a time that its author asked for, and a count that its author depends on.
#include <benchmark/benchmark.h>

#include <cstdint>
#include <map>
#include <vector>

namespace {

class Lookup : public benchmark::Fixture {
 public:
  using benchmark::Fixture::SetUp;
  using benchmark::Fixture::TearDown;
  void SetUp(benchmark::State& state) override {
    for (std::int64_t key = 0; key < state.range(0); ++key) squares_[key] = key * key;
  }
  void TearDown(benchmark::State&) override { squares_.clear(); }

 protected:
  std::map<std::int64_t, std::int64_t> squares_;
};

BENCHMARK_DEFINE_F(Lookup, find)(benchmark::State& state) {
  std::int64_t key = 0;
  for (auto _ : state) {
    benchmark::DoNotOptimize(squares_.at(key));
    key = (key + 7) % state.range(0);
  }
}
BENCHMARK_REGISTER_F(Lookup, find)->Arg(1000)->MinTime(0.05);

constexpr std::int64_t kPrepared = 4096;

void use_up(benchmark::State& state) {
  std::vector<int> prepared(kPrepared, 1);
  for (auto _ : state) {
    benchmark::DoNotOptimize(prepared.at(prepared.size() - 1));
    prepared.pop_back();  // at() throws after the last one
  }
}
BENCHMARK(use_up)->Iterations(kPrepared)->Repetitions(3)->ReportAggregatesOnly();

}  // namespace
