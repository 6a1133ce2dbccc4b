#include "benchmarks/support/slices.hpp"

#include <cstdint>
#include <fstream>
#include <utility>
#include <vector>

#include "benchmarks/support/token.hpp"

namespace unitcost {
namespace {

void write(const std::string& path, const std::string& name, Runs slices) {
  for (std::size_t index = 0; index < slices.size(); ++index) {
    slices[index].run_name.function_name = name;
    slices[index].repetition_index = static_cast<std::int64_t>(index);
    slices[index].repetitions = static_cast<std::int64_t>(slices.size());
  }
  std::ofstream file(path);
  benchmark::JSONReporter json;
  json.SetOutputStream(&file);
  json.SetErrorStream(&file);
  json.ReportContext(benchmark::BenchmarkReporter::Context());
  json.ReportRuns(plain_runs(slices));
  json.Finalize();
}

}  // namespace

void run_in_slices(const std::string& name, const Options& options, const SideWork& work) {
  const PairOptions& pair = *options.pair;
  const benchmark::BenchmarkReporter::Context looked_up;  // now: where /proc/cpuinfo has no MHz it takes a second
  Token token(pair.socket, pair.moves_first);

  token.wait();
  work.warm_up();  // what is built once per process is built before the first slice of either side
  token.pass();
  Runs slices;
  const std::vector<int> turns = turns_of(pair.moves_first, pair.slices);
  for (std::size_t turn = 0; turn < turns.size(); ++turn) {
    token.wait();
    if (pair.warm_up_iterations > 0) work.warm_up();  // the other side has just used the caches
    for (int slice = 0; slice < turns[turn]; ++slice) {
      for (Run& run : work.slice()) slices.push_back(std::move(run));
    }
    if (turn + 1 < turns.size()) token.pass();
  }
  const bool other_has_a_turn = pair.moves_first == (pair.slices % 2 == 1);
  if (other_has_a_turn) {  // writing uses the caches
    token.pass();
    token.wait();
  }
  write(options.out_path, name, std::move(slices));
  token.pass();
  token.wait_once();  // giving back a large memory takes long, and the other side may have a turn left
}

}  // namespace unitcost
