// Question:  What does memory cost when several threads ask for it, and when another thread gives it back? And what must threads not do with what they share?
// Method:    Threads pinned to stated CPUs make and free batches of 64 blocks of 64 B for a fixed time, their own or those of a neighbour, who sends them by a bounded queue.
//            Apart from that, threads count in a variable on the heap or on a stack, one for all or one each.
// Wrong way: One block at a time: it comes from what the C library keeps aside for the thread, and no thread ever meets another. A process with one thread: there the
//            library leaves its locks out.
// Control:   The same loop over blocks that are there already; every word that was written into a block is read by whoever frees it, and the sums must agree.
#include <atomic>
#include <chrono>
#include <functional>
#include <memory>
#include <set>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "benchmarks/allocation/surroundings.hpp"
#include "benchmarks/kernels/allocation_threads.hpp"
#include "benchmarks/support/alarm.hpp"
#include "benchmarks/support/cpus.hpp"
#include "benchmarks/support/fairness.hpp"
#include "benchmarks/support/team.hpp"

namespace unitcost {
namespace {

using kernels::BatchQueue;
using kernels::Tally;

// A sample with threads is at least 20 ms, and whoever calibrates adds a tenth: then one round is one sample.
constexpr std::chrono::milliseconds kSampleTime{23};
constexpr std::uint64_t kCounts = 1'000'000;  // of one thread: some ms, long against starting it

enum class Free { kLocal, kRemote, kNone };

/// One round of the team: what each member did, and what the queues held at the end.
struct Round {
  std::vector<Tally> tallies;
  Tally rest;
  std::int64_t wall_ns = 0;
};

Round run_round(int threads, Free where) {
  const auto count = static_cast<std::size_t>(threads);
  Round round{std::vector<Tally>(count), {}, 0};
  const auto queues = std::make_unique<BatchQueue[]>(count);
  std::atomic<bool> out_of_memory{false};
  Alarm alarm(kSampleTime);
  const auto work = [&](std::size_t member) {
    if (where == Free::kLocal) return kernels::allocate_and_free(alarm.rung());
    if (where == Free::kNone) return kernels::touch_batches(alarm.rung());
    return kernels::allocate_and_pass_on(queues[member], queues[(member + 1) % count], alarm.rung());
  };
  round.wall_ns = run_team(threads, [&](int member) {
                    alarm.start();
                    try {
                      round.tallies[static_cast<std::size_t>(member)] = work(static_cast<std::size_t>(member));
                    } catch (const std::bad_alloc&) {
                      out_of_memory = true;
                    }
                  }).wall_ns;
  if (out_of_memory) throw std::bad_alloc();
  for (std::size_t queue = 0; queue < count; ++queue) {
    const Tally left = kernels::free_the_rest(queues[queue]);
    round.rest.freed += left.freed;
    round.rest.read += left.read;
  }
  return round;
}

void add(Tally& sum, const Tally& one) {
  sum.made += one.made;
  sum.freed += one.freed;
  sum.wrote += one.wrote;
  sum.read += one.read;
}

void allocate(benchmark::State& state, int threads, Free where) {
  need_plain_memory();
  std::vector<double> pairs(static_cast<std::size_t>(threads));
  Tally all;
  double wall_ns = 0.0;
  for (auto _ : state) {
    const Round round = run_round(threads, where);
    for (std::size_t member = 0; member < pairs.size(); ++member) {
      pairs[member] += static_cast<double>(round.tallies[member].made);
      add(all, round.tallies[member]);
    }
    add(all, round.rest);
    wall_ns += static_cast<double>(round.wall_ns);
    state.SetIterationTime(static_cast<double>(round.wall_ns) * 1e-9);
  }
  if (all.made != all.freed || all.wrote != all.read) return failed(state, "a block was lost or had two owners");
  const auto operations = static_cast<double>(all.made);
  const auto cpus = static_cast<double>(std::min<std::size_t>(allowed_cpus().size(), pairs.size()));
  report_value(state, "operations", operations);
  report_value(state, "pair_ns", wall_ns * cpus / operations);  // of a CPU: threads that wait for one are not counted
  report_value(state, "per_thread_ns", wall_ns * threads / operations);
  report_value(state, "fairness_ratio", jain_index(pairs));
  report_value(state, "least_share_ratio", *std::min_element(pairs.begin(), pairs.end()) * threads / operations);
}

using Counter = std::atomic<std::uint64_t>;

/// A counter on a cache line of its own, so that counters of different threads have nothing in common.
struct alignas(64) Line {
  Counter counter{0};
};

/// Counts of all members together that are in the counters at the end.
using Count = std::function<std::uint64_t(int threads, std::int64_t& wall_ns)>;

std::uint64_t count_in(Counter& counter, int threads, std::int64_t& wall_ns) {
  wall_ns = run_team(threads, [&](int) { kernels::count_without_synchronisation(counter, kCounts); }).wall_ns;
  return counter.load();
}

std::uint64_t count_on_shared_heap(int threads, std::int64_t& wall_ns) {
  const auto line = std::make_unique<Line>();
  return count_in(line->counter, threads, wall_ns);
}

std::uint64_t count_on_shared_stack(int threads, std::int64_t& wall_ns) {
  Line line;
  return count_in(line.counter, threads, wall_ns);
}

std::uint64_t count_on_own_heap(int threads, std::int64_t& wall_ns) {
  std::vector<std::unique_ptr<Line>> lines;
  for (int thread = 0; thread < threads; ++thread) lines.push_back(std::make_unique<Line>());
  wall_ns = run_team(threads, [&](int member) {
              kernels::count_without_synchronisation(lines[static_cast<std::size_t>(member)]->counter, kCounts);
            }).wall_ns;
  std::uint64_t sum = 0;
  for (const auto& line : lines) sum += line->counter.load();
  return sum;
}

std::uint64_t count_on_own_stack(int threads, std::int64_t& wall_ns) {
  std::vector<std::uint64_t> counts(static_cast<std::size_t>(threads));
  wall_ns = run_team(threads, [&](int member) {
              Line line;
              kernels::count_without_synchronisation(line.counter, kCounts);
              counts[static_cast<std::size_t>(member)] = line.counter.load();
            }).wall_ns;
  std::uint64_t sum = 0;
  for (const std::uint64_t count : counts) sum += count;
  return sum;
}

void count(benchmark::State& state, const Count& counting) {
  const auto threads = static_cast<int>(allowed_cpus().size());
  if (threads < 2) throw CannotMeasure("one CPU is usable: no two threads count at the same time");
  const auto expected = static_cast<double>(threads) * static_cast<double>(kCounts);
  double counted = 0.0;
  for (auto _ : state) {
    std::int64_t wall_ns = 0;
    counted += static_cast<double>(counting(threads, wall_ns));
    state.SetIterationTime(static_cast<double>(wall_ns) * 1e-9);
  }
  const double all = expected * static_cast<double>(state.iterations());
  if (counted > all) return failed(state, "more was counted than there was");
  report_value(state, "operations", all);
  report_value(state, "lost_ratio", (all - counted) / all);
}

/// Every power of two up to twice the CPUs, and the CPUs and twice the CPUs themselves.
std::set<int> thread_counts() {
  const int cpus = static_cast<int>(allowed_cpus().size());
  std::set<int> counts = {cpus, 2 * cpus};
  for (int threads = 1; threads < 2 * cpus; threads *= 2) counts.insert(threads);
  return counts;
}

}  // namespace

void register_cases(CaseRegistry& cases) {
  const std::vector<std::pair<std::string, Free>> ways = {
      {"local", Free::kLocal}, {"remote", Free::kRemote}, {"none", Free::kNone}};
  for (const int threads : thread_counts()) {
    for (const auto& [name, where] : ways) {
      cases.add(fmt::format("allocate/free:{}/threads:{}", name, threads), Timing::kManual,
                [=, where = where](auto& state) { allocate(state, threads, where); });
    }
  }
  const auto add_count = [&](const std::string& name, const Count& counting) {
    cases.add("count/" + name, Timing::kManual, [=](auto& state) { count(state, counting); });
  };
  add_count("on:heap/counter:shared", count_on_shared_heap);
  add_count("on:heap/counter:own", count_on_own_heap);
  add_count("on:stack/counter:shared", count_on_shared_stack);
  add_count("on:stack/counter:own", count_on_own_stack);
}

}  // namespace unitcost
