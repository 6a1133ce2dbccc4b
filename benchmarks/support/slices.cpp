#include "benchmarks/support/slices.hpp"

#include <algorithm>
#include <cstdint>
#include <fstream>
#include <utility>

#include "benchmarks/support/reporters.hpp"
#include "benchmarks/support/token.hpp"

namespace unitcost {
namespace {

using Run = benchmark::BenchmarkReporter::Run;

/// Keeps what it is told until it is asked for.
class Kept final : public benchmark::BenchmarkReporter {
 public:
  bool ReportContext(const Context&) override { return true; }
  void ReportRuns(const std::vector<Run>& runs) override { runs_.insert(runs_.end(), runs.begin(), runs.end()); }
  std::vector<Run> take() { return std::exchange(runs_, {}); }

 private:
  std::vector<Run> runs_;
};

constexpr const char* kSlice = "slice";
constexpr const char* kWarmUp = "warm_up";

void hand_over(const char* name, const Case& chosen, const Body& timed, std::int64_t iterations) {
  auto* registered = benchmark::RegisterBenchmark(name, [timed](benchmark::State& state) { timed(state); });
  if (chosen.timing == Timing::kManual) registered->UseManualTime();
  else registered->UseRealTime();
  registered->Iterations(iterations)->Repetitions(1);
}

/// Google Benchmark has no way to run part of a benchmark, but it can be asked for one registered benchmark after another.
std::vector<Run> work(Kept& kept, const char* name) {
  benchmark::RunSpecifiedBenchmarks(&kept, nullptr, std::string("^") + name);
  return kept.take();
}

void write(const std::string& path, const std::string& name, std::vector<Run> slices) {
  for (std::size_t index = 0; index < slices.size(); ++index) {
    slices[index].run_name.function_name = name;
    slices[index].repetition_index = static_cast<std::int64_t>(index);
    slices[index].repetitions = static_cast<std::int64_t>(slices.size());
  }
  std::ofstream file(path);
  PlainNames<benchmark::JSONReporter> json;
  json.SetOutputStream(&file);
  json.SetErrorStream(&file);
  json.ReportContext(benchmark::BenchmarkReporter::Context());
  json.ReportRuns(slices);
  json.Finalize();
}

}  // namespace

void run_in_slices(const Case& chosen, const Options& options, const Body& timed) {
  const PairOptions& pair = *options.pair;
  hand_over(kSlice, chosen, timed, *options.iterations);
  hand_over(kWarmUp, chosen, timed, std::max<std::int64_t>(1, pair.warm_up_iterations));
  Kept kept;
  const benchmark::BenchmarkReporter::Context looked_up;  // now: where /proc/cpuinfo has no MHz it takes a second
  Token token(pair.socket, pair.moves_first);

  token.wait();
  work(kept, kWarmUp);  // what is built once per process is built before the first slice of either side
  token.pass();
  std::vector<Run> slices;
  const std::vector<int> turns = turns_of(pair.moves_first, pair.slices);
  for (std::size_t turn = 0; turn < turns.size(); ++turn) {
    token.wait();
    if (pair.warm_up_iterations > 0) work(kept, kWarmUp);  // the other side has just used the caches
    for (int slice = 0; slice < turns[turn]; ++slice) {
      for (Run& run : work(kept, kSlice)) slices.push_back(std::move(run));
    }
    if (turn + 1 < turns.size()) token.pass();
  }
  write(options.out_path, chosen.name, std::move(slices));
  token.pass();
  token.wait_once();  // giving back a large memory takes long, and the other side may have a turn left
}

}  // namespace unitcost
