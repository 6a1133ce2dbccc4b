// How long a comparison of many runs takes, and how much memory: `compare_scale [RUNS] [CASES]`, twice the runs in each line until RUNS.
// Synthetic sessions, so that nothing is read; the last line says what reading one run of so many cases costs. No test: a test would assert on a time.
#include <sys/resource.h>
#include <unistd.h>

#include <chrono>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <string>

#include <fmt/format.h>

#include "harness/analyse/analyse.hpp"
#include "harness/compare/comparison_json.hpp"
#include "harness/compare/run_session.hpp"
#include "harness/export/results.hpp"
#include "harness/stats/random.hpp"
#include "harness/store/blocks_file.hpp"
#include "harness/store/load.hpp"
#include "harness/store/run_folder.hpp"

namespace {

using namespace unitcost;

double now_s() { return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count(); }

double peak_mib() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return static_cast<double>(usage.ru_maxrss) / 1024.0;
}

std::string case_key(int number) {
  return fmt::format("memory/scale:walk/order:random/page:base/bytes:{}", 64 * number);
}

Side make_side(const std::string& name, int runs, int cases, Random& random) {
  Side side{name, {}};
  for (int run = 0; run < runs; ++run) {
    Session session;
    session.name = fmt::format("{}-{}", name, run);
    session.id = session.name;
    session.machine_id = "0123456789ab";
    session.started_utc = fmt::format("2026-01-01T{:06}", run);
    for (const char* fact : {"cpu_model", "kernel", "libc", "compiler", "governor", "board", "mitigations", "flags"})
      session.facts[fact] = {Fact::Kind::kSetUp, "the same everywhere", ""};
    for (int number = 0; number < cases; ++number)
      session.cases[case_key(number)].values.push_back(
          {"access_ns", 100.0 * std::exp(0.02 * random.normal()), 10, 0.01});
    side.sessions.push_back(std::move(session));
  }
  return side;
}

void compare_so_many(int runs, int cases) {
  Random random(7);
  Side a = make_side("a", runs / 2, cases, random);
  Side b = make_side("b", runs - runs / 2, cases, random);
  const double started_s = now_s();
  const std::vector<Comparison> found{compare(std::move(a), std::move(b), {})};
  const std::size_t bytes = analysis_text(comparisons_json(found)).size() + results_text(results_of(found), {}).size();
  std::printf("%6d runs x %d cases: %.3f s, %.0f MiB at most, %zu bytes of results\n", runs, cases, now_s() - started_s,
              peak_mib(), bytes);
}

/// A run folder of `cases` cases and ten rounds, read back as a session.
void read_one(int cases) {
  constexpr int kRounds = 10;
  const auto folder = std::filesystem::temp_directory_path() / fmt::format("unitcost-scale-{}", getpid());
  std::filesystem::create_directories(folder);
  RunRecord record;
  record.machine_id = "0123456789ab";
  record.status = "complete";
  record.plan.rounds = kRounds;
  std::string lines;
  Random random(7);
  for (int number = 0; number < cases; ++number) {
    PlannedCase planned;
    planned.key = case_key(number);
    record.plan.cases.push_back(planned);
  }
  store_record(folder, record);
  {
    BlocksFile file(folder / "blocks.jsonl");
    for (int round = 0; round <= kRounds; ++round) {
      for (int number = 0; number < cases; ++number) {
        Block block;
        block.case_key = case_key(number);
        block.round = round;
        for (const char* counter : {"access_ns", "operations", "real_ns"}) {
          for (int sample = 0; sample < 5; ++sample) block.samples[counter].push_back(100.0 + random.normal());
        }
        for (const char* reading :
             {"wall_s", "cpu_user_s", "cpu_system_s", "steal_ticks", "irq_ticks", "voluntary_switches", "minor_faults"})
          block.covariates.readings[reading] = random.uniform();
        file.append(block);
      }
    }
  }
  const auto bytes = std::filesystem::file_size(folder / "blocks.jsonl");
  const double started_s = now_s();
  const Session session = session_of(load_run(folder));
  std::printf("reading one run of %zu cases and %d rounds: %.3f s for %.1f MB\n", session.cases.size(), kRounds,
              now_s() - started_s, static_cast<double>(bytes) / 1e6);
  std::filesystem::remove_all(folder);
}

}  // namespace

int main(int argc, char** argv) {
  const int runs = argc > 1 ? std::atoi(argv[1]) : 1000;
  const int cases = argc > 2 ? std::atoi(argv[2]) : 300;
  if (runs < 8 || cases < 1) {
    std::fprintf(stderr, "compare_scale [RUNS >= 8] [CASES]\n");
    return 2;
  }
  for (int share = 8; share >= 1; share /= 2) compare_so_many(runs / share, cases);
  read_one(cases);
  return 0;
}
