#pragma once
// The benchmarks that a program registered, as objects. Google Benchmark keeps them where nobody else can reach them.
#include <benchmark/benchmark.h>

#include <type_traits>
#include <utility>
#include <vector>

namespace unitcost {

/// What `BENCHMARK(function)->Arg(1)->Arg(2)` registers; benchmark::internal::Benchmark, since 2026 benchmark::Benchmark.
using Family =
    std::remove_pointer_t<decltype(benchmark::RegisterBenchmark("", std::declval<void (*)(benchmark::State&)>()))>;

/// Every one that was registered by code whose link carries our --wrap (cmake/UnitcostBenchmarkMain.cmake), in that order. Google Benchmark owns them.
const std::vector<Family*>& recorded_families();

}  // namespace unitcost
