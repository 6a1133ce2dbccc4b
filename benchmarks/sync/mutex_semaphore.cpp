// Question:  What does taking and giving back a lock cost when nobody, or everybody, wants it, and how many does it let in?
// Method:    Threads pinned to stated CPUs take turns for a fixed time; lock, threads and length of the critical section change.
// Wrong way: Two threads on one CPU, which never contend; a process with one thread, where the C library leaves out the locked instruction.
// Control:   The same loop with two calls that do nothing; what the lock protects is plain data and must come out exact.
#include <algorithm>
#include <chrono>
#include <cmath>
#include <functional>
#include <memory>
#include <set>
#include <system_error>

#include <fmt/format.h>

#include "benchmarks/kernels/sync_inside.hpp"
#include "benchmarks/kernels/sync_locks.hpp"
#include "benchmarks/support/alarm.hpp"
#include "benchmarks/support/case.hpp"
#include "benchmarks/support/cpus.hpp"
#include "benchmarks/support/fairness.hpp"
#include "benchmarks/support/histogram.hpp"
#include "benchmarks/support/team.hpp"
#include "benchmarks/sync/cells.hpp"

namespace unitcost {
namespace {

using kernels::Mutex;
using kernels::NoLock;
using kernels::Semaphore;
using Clock = std::chrono::steady_clock;
using std::chrono::milliseconds;
using std::chrono::nanoseconds;

// A sample with threads is at least 20 ms, and counts are fixed with a tenth to spare: below 22 ms two would be run.
constexpr milliseconds kSampleTime{23};
constexpr int kVisitors = 8;  // more than any number of permits here
constexpr int kVisits = 4;
constexpr std::chrono::microseconds kStay{500};
constexpr int kWorkers = 5;
constexpr milliseconds kUnit{8};  // long against starting a thread, some 0.1 ms

struct Section {
  std::string_view name;
  double ns;
};
constexpr Section kNone{"none", 0.0};
constexpr Section kShort{"short", 100.0};
constexpr Section kLong{"long", 1000.0};

template <class Lock>
using MakeLock = std::function<std::unique_ptr<Lock>()>;

/// ns of one step of the work inside, the least of several tries.
double least_step_ns() {
  constexpr std::uint64_t kSteps = 8192;
  constexpr int kTries = 32;
  double best_ns = 1e9;
  std::uint64_t value = 1;
  for (int done = 0; done < kTries; ++done) {
    const auto start = Clock::now();
    value = kernels::work(value, kSteps);
    benchmark::DoNotOptimize(value);
    best_ns = std::min(best_ns, std::chrono::duration<double, std::nano>(Clock::now() - start).count() / kSteps);
  }
  return best_ns;
}

/// Measured once per process, where the first thread of a team runs: cores need not be equally fast.
double step_ns() {
  static const double kLeast = [] {
    double ns = 0.0;
    run_team(1, [&ns](int) { ns = least_step_ns(); });
    return ns;
  }();
  return kLeast;
}

std::uint64_t steps_of(const Section& section) {
  return static_cast<std::uint64_t>(std::llround(section.ns / step_ns()));
}

/// A semaphore that one thread at a time may pass: the mutex's competitor.
struct BinarySemaphore : Semaphore {
  BinarySemaphore() : Semaphore(1) {}
};

constexpr std::string_view kLetTwoIn = "entries or work were lost: the lock let two in at once";

[[noreturn]] void refuse(int lock_error) { throw std::system_error(lock_error, std::generic_category(), "the lock"); }

template <class Lock>
void contend(benchmark::State& state, int threads, const Section& section) {
  const std::uint64_t steps = steps_of(section);
  Cells<Lock> cells(threads);
  std::vector<double> taken(static_cast<std::size_t>(threads));
  double wall_ns = 0.0;
  for (auto _ : state) {
    std::vector<kernels::Turns> turns(static_cast<std::size_t>(threads));
    Alarm alarm(kSampleTime);
    const TeamTimes times = run_team(threads, [&](int member) {
      alarm.start();
      auto& cell = cells.of(member);
      turns[static_cast<std::size_t>(member)] = kernels::take_turns(cell.lock(), cell.guarded(), steps, alarm.rung());
    });
    for (std::size_t member = 0; member < turns.size(); ++member) {
      if (turns[member].error != 0) refuse(turns[member].error);
      taken[member] += static_cast<double>(turns[member].taken);
    }
    wall_ns += static_cast<double>(times.wall_ns);
    state.SetIterationTime(static_cast<double>(times.wall_ns) * 1e-9);
  }
  double operations = 0.0;
  for (const double one : taken) operations += one;
  if (!cells.are_exact(static_cast<std::uint64_t>(operations), steps)) return failed(state, kLetTwoIn);
  report_value(state, "operations", operations);
  report_value(state, "acquire_release_ns", wall_ns / operations);
  report_value(state, "per_thread_ns", wall_ns * threads / operations);
  report_value(state, "fairness_ratio", jain_index(taken));
  report_value(state, "least_share_ratio", *std::min_element(taken.begin(), taken.end()) * threads / operations);
  report_value(state, "section_ns", static_cast<double>(steps) * step_ns());
}

/// As kernels::take_turns, with a clock around each acquire(): a case of its own, because reading the clock changes the contention.
template <class Lock>
int timed_turns(Cell<Lock>& cell, std::uint64_t steps, const std::atomic<bool>& stop, Histogram& acquire_ns) {
  while (!stop.load(std::memory_order_relaxed)) {
    const auto start = Clock::now();
    if (const int error = cell.lock().acquire(); error != 0) return error;
    const auto end = Clock::now();
    cell.guarded().value = kernels::work(cell.guarded().value, steps);
    ++cell.guarded().entries;
    if (const int error = cell.lock().release(); error != 0) return error;
    acquire_ns.add(static_cast<std::uint64_t>(nanoseconds(end - start).count()));  // not while others wait
  }
  return 0;
}

template <class Lock>
void latency(benchmark::State& state, int threads, const Section& section) {
  const std::uint64_t steps = steps_of(section);
  Cells<Lock> cells(threads);
  Histogram all;
  for (auto _ : state) {
    std::vector<Histogram> acquire_ns(static_cast<std::size_t>(threads));
    std::vector<int> errors(static_cast<std::size_t>(threads));
    Alarm alarm(kSampleTime);
    const TeamTimes times = run_team(threads, [&](int member) {
      alarm.start();
      const auto at = static_cast<std::size_t>(member);
      errors[at] = timed_turns(cells.of(member), steps, alarm.rung(), acquire_ns[at]);
    });
    for (const int error : errors) {
      if (error != 0) refuse(error);
    }
    for (const Histogram& one : acquire_ns) all.add(one);
    state.SetIterationTime(static_cast<double>(times.wall_ns) * 1e-9);
  }
  if (!cells.are_exact(all.count(), steps)) return failed(state, kLetTwoIn);
  report_value(state, "operations", static_cast<double>(all.count()));
  report_value(state, "acquire_p50_ns", all.quantile(0.5));
  report_value(state, "acquire_p99_ns", all.quantile(0.99));
  report_value(state, "acquire_p999_ns", all.quantile(0.999));
  report_value(state, "acquire_max_ns", static_cast<double>(all.largest()));
}

/// Eight visitors that stay a while: the most that were inside at once, `permits` at most.
template <class Lock>
void inside(benchmark::State& state, const MakeLock<Lock>& make, int permits) {
  const auto lock = make();
  kernels::Inside seen;
  for (auto _ : state) {
    std::vector<int> errors(kVisitors);
    const TeamTimes times = run_team(kVisitors, [&](int member) {
      errors[static_cast<std::size_t>(member)] = kernels::visit(*lock, seen, kVisits, kStay);
    });
    for (const int error : errors) {
      if (error != 0) refuse(error);
    }
    state.SetIterationTime(static_cast<double>(times.wall_ns) * 1e-9);
  }
  if (seen.peak() > permits) return failed(state, "the lock let in more than it has permits");
  report_value(state, "peak_inside", seen.peak());
  report_value(state, "operations", static_cast<double>(state.iterations()) * kVisitors * kVisits);
}

/// Five workers of one unit each, against one worker alone behind the same lock.
template <class Lock>
void workers(benchmark::State& state, const MakeLock<Lock>& make) {
  const auto lock = make();
  kernels::Inside seen;
  double alone_ns = 0.0;
  double all_ns = 0.0;
  for (auto _ : state) {
    std::vector<int> errors(kWorkers);
    const auto one_unit = [&](int member) {
      errors[static_cast<std::size_t>(member)] = kernels::visit(*lock, seen, 1, kUnit);
    };
    alone_ns += static_cast<double>(run_team(1, one_unit).wall_ns);
    const TeamTimes times = run_team(kWorkers, one_unit);
    for (const int error : errors) {
      if (error != 0) refuse(error);
    }
    all_ns += static_cast<double>(times.wall_ns);
    state.SetIterationTime(static_cast<double>(times.wall_ns) * 1e-9);
  }
  report_value(state, "units", all_ns / alone_ns);
  report_value(state, "peak_inside", seen.peak());
}

/// Every power of two up to twice the CPUs, and the CPUs and twice the CPUs themselves.
std::set<int> thread_counts() {
  const int cpus = static_cast<int>(allowed_cpus().size());
  std::set<int> counts = {cpus, 2 * cpus};
  for (int count = 1; count < 2 * cpus; count *= 2) counts.insert(count);
  return counts;
}

template <class Lock>
void add_contend(CaseRegistry& cases, std::string_view lock, int threads, const Section& section) {
  cases.add(fmt::format("contend/lock:{}/threads:{}/section:{}", lock, threads, section.name), Timing::kManual,
            [threads, section](auto& state) { contend<Lock>(state, threads, section); });
}

template <class Lock>
void add_latency(CaseRegistry& cases, std::string_view lock, int threads) {
  cases.add(fmt::format("latency/lock:{}/threads:{}/section:{}", lock, threads, kShort.name), Timing::kManual,
            [threads](auto& state) { latency<Lock>(state, threads, kShort); });
}

template <class Lock>
void add_inside(CaseRegistry& cases, const std::string& lock, const MakeLock<Lock>& make, int permits) {
  cases.add("inside/lock:" + lock, Timing::kManual,
            [make, permits](auto& state) { inside<Lock>(state, make, permits); });
}

template <class Lock>
void add_workers(CaseRegistry& cases, const std::string& lock, const MakeLock<Lock>& make) {
  cases.add("workers/lock:" + lock, Timing::kManual, [make](auto& state) { workers<Lock>(state, make); });
}

}  // namespace

void register_cases(CaseRegistry& cases) {
  for (const int threads : thread_counts()) {
    for (const Section& section : {kNone, kShort, kLong}) {
      add_contend<Mutex>(cases, "mutex", threads, section);
      add_contend<BinarySemaphore>(cases, "semaphore", threads, section);
    }
    add_contend<NoLock>(cases, "none", threads, kNone);
    add_latency<Mutex>(cases, "mutex", threads);
    add_latency<BinarySemaphore>(cases, "semaphore", threads);
  }
  add_latency<NoLock>(cases, "none", 1);  // what the clock itself takes

  const auto semaphore_of = [](unsigned permits) -> MakeLock<Semaphore> {
    return [permits] { return std::make_unique<Semaphore>(permits); };
  };
  add_inside<Mutex>(cases, "mutex", std::make_unique<Mutex>, 1);
  add_inside<Semaphore>(cases, "semaphore/permits:2", semaphore_of(2), 2);
  add_inside<Semaphore>(cases, "semaphore/permits:4", semaphore_of(4), 4);
  add_inside<NoLock>(cases, "none", std::make_unique<NoLock>, kVisitors);
  add_workers<Mutex>(cases, "mutex", std::make_unique<Mutex>);
  add_workers<Semaphore>(cases, "semaphore/permits:2", semaphore_of(2));
  add_workers<NoLock>(cases, "none", std::make_unique<NoLock>);
}

}  // namespace unitcost
