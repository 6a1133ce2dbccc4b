// Where the timed regions of our programs begin and end. The linker puts these functions before Google Benchmark's and our own (--wrap, benchmarks/CMakeLists.txt),
// so that a planted program is the same object code as the measured one, one object more and a relink:
//   the loop `for (auto _ : state)`    spins at its end, before Google Benchmark reads the clock
//   State::SetIterationTime            spins and adds what the clock says that it took
//   run_team                           the same for what a team tells of its time
// Not planted: what a body times for a counter of its own and tells to report_value() (quantiles of waiting), and what Python times.
#include <benchmark/benchmark.h>

#include <unistd.h>

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <optional>
#include <sstream>

#include "benchmarks/support/planted/hog.hpp"
#include "benchmarks/support/planted/planted.hpp"
#include "benchmarks/support/team.hpp"

namespace unitcost {
namespace {

using State = benchmark::State;
using Work = std::function<void(int)>;

#define UNITCOST_START "_ZN9benchmark5State16StartKeepRunningEv"
#define UNITCOST_FINISH "_ZN9benchmark5State17FinishKeepRunningEv"
#define UNITCOST_SET_TIME "_ZN9benchmark5State16SetIterationTimeEd"
#define UNITCOST_RUN_TEAM "_ZN8unitcost8run_teamEiRKSt6vectorIiSaIiEERKSt8functionIFviEE"

}  // namespace

extern void real_start(State* state) asm("__real_" UNITCOST_START);
extern void real_finish(State* state) asm("__real_" UNITCOST_FINISH);
extern void real_set_time(State* state, double seconds) asm("__real_" UNITCOST_SET_TIME);
extern TeamTimes real_run_team(int members, const std::vector<int>& cpus,
                               const Work& work) asm("__real_" UNITCOST_RUN_TEAM);
void planted_start(State* state) asm("__wrap_" UNITCOST_START);
void planted_finish(State* state) asm("__wrap_" UNITCOST_FINISH);
void planted_set_time(State* state, double seconds) asm("__wrap_" UNITCOST_SET_TIME);
TeamTimes planted_run_team(int members, const std::vector<int>& cpus,
                           const Work& work) asm("__wrap_" UNITCOST_RUN_TEAM);

namespace {

std::int64_t now_ns() { return std::chrono::nanoseconds(std::chrono::steady_clock::now().time_since_epoch()).count(); }

std::vector<std::string> own_arguments() {
  std::ifstream file("/proc/self/cmdline", std::ios::binary);
  std::vector<std::string> arguments;
  for (std::string argument; std::getline(file, argument, '\0');) arguments.push_back(argument);
  return arguments;
}

Planted planted_here() {
  std::ifstream file(std::filesystem::read_symlink("/proc/self/exe").string() + ".planted");
  const std::string text{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
  try {
    return planted_for(text, own_arguments());
  } catch (const std::exception& error) {  // a check that plants something else than was asked must not go on
    std::fprintf(stderr, "%s\n", error.what());
    std::_Exit(EXIT_FAILURE);
  }
}

class Regions {
 public:
  Regions() : Regions(planted_here()) {}

  void begin() {
    is_manual_ = false;
    planted_ns_ = 0;
    if (hog_) hog_->work();
    began_ns_ = now_ns();
  }

  void end(State& state) {
    if (!is_manual_) delay(static_cast<double>(now_ns() - began_ns_));
    if (hog_) hog_->rest();
    if (delays_) state.counters["planted_ns"] = benchmark::Counter(static_cast<double>(planted_ns_));
  }

  double lengthened(double seconds) {
    is_manual_ = true;
    const bool team_did = team_was_delayed_;
    team_was_delayed_ = false;
    return team_did ? seconds : seconds + 1e-9 * static_cast<double>(delay(1e9 * seconds));
  }

  void lengthen(TeamTimes& times) {
    if (!delays_ || times.wall_ns <= 0) return;
    const double all_ns = static_cast<double>(times.wall_ns);
    const auto spun_ns = static_cast<double>(delay(all_ns));
    times.wall_ns += static_cast<std::int64_t>(spun_ns);
    for (std::int64_t& member : times.member_ns)
      member += static_cast<std::int64_t>(spun_ns * static_cast<double>(member) / all_ns);
    team_was_delayed_ = true;
  }

 private:
  explicit Regions(const Planted& planted) : delays_(planted.delay_share > 0.0), debt_(planted.delay_share) {
    if (planted.loads) hog_.emplace();
  }

  /// Returns the ns that it took, as the clock says.
  std::int64_t delay(double elapsed_ns) {
    if (!delays_) return 0;
    debt_.add(elapsed_ns);
    const std::int64_t due_ns = debt_.due_ns();
    if (due_ns == 0) return 0;
    const std::int64_t from_ns = now_ns();
    std::int64_t spun_ns = 0;
    while (spun_ns < due_ns) spun_ns = now_ns() - from_ns;
    debt_.paid(spun_ns);
    planted_ns_ += spun_ns;
    return spun_ns;
  }

  bool delays_;
  Debt debt_;
  std::optional<Hog> hog_;
  bool is_manual_ = false;         // the body says how long its regions took
  bool team_was_delayed_ = false;  // and that is the time of a team
  std::int64_t began_ns_ = 0;
  std::int64_t planted_ns_ = 0;  // since begin()
};

// Google Benchmark's functions are told of nothing that could carry it.
Regions& regions() {
  static Regions all;
  return all;
}

}  // namespace

void planted_start(State* state) {
  Regions& all = regions();
  real_start(state);
  all.begin();
}

void planted_finish(State* state) {
  regions().end(*state);
  real_finish(state);
}

void planted_set_time(State* state, double seconds) { real_set_time(state, regions().lengthened(seconds)); }

TeamTimes planted_run_team(int members, const std::vector<int>& cpus, const Work& work) {
  TeamTimes times = real_run_team(members, cpus, work);
  regions().lengthen(times);
  return times;
}

}  // namespace unitcost
