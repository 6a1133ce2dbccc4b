#include "benchmarks/support/team.hpp"

#include <sched.h>

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <chrono>
#include <system_error>
#include <thread>

#include <fmt/format.h>

#include "benchmarks/support/case.hpp"
#include "benchmarks/support/cpus.hpp"

namespace unitcost {
namespace {

using Clock = std::chrono::steady_clock;

struct Member {
  Clock::time_point begin;
  Clock::time_point end;
  int cpu = -1;
};

enum class Gate { kClosed, kOpen, kCancelled };

}  // namespace

TeamTimes run_team(int members, const std::vector<int>& cpus, const std::function<void(int)>& work) {
  const auto count = static_cast<std::size_t>(members);
  std::vector<Member> times(count);
  std::atomic<int> ready{0};
  std::atomic<int> pin_error{0};
  std::atomic<Gate> gate{Gate::kClosed};

  std::vector<std::jthread> threads;
  threads.reserve(count);
  const auto join_all = [&](Gate last) {
    gate.store(last, std::memory_order_release);
    gate.notify_all();
    threads.clear();
  };
  try {
    for (int member = 0; member < members; ++member) {
      threads.emplace_back([&, member] {
        if (!cpus.empty() && !pin_this_thread(cpus[static_cast<std::size_t>(member) % cpus.size()]))
          pin_error.store(errno);
        ready.fetch_add(1);
        ready.notify_one();
        gate.wait(Gate::kClosed, std::memory_order_acquire);
        if (gate.load(std::memory_order_acquire) == Gate::kCancelled) return;
        Member& mine = times[static_cast<std::size_t>(member)];
        mine.begin = Clock::now();
        work(member);
        mine.end = Clock::now();
        mine.cpu = sched_getcpu();
      });
    }
  } catch (const std::system_error& error) {
    join_all(Gate::kCancelled);
    if (error.code() != std::errc::resource_unavailable_try_again) throw;
    throw CannotMeasure(fmt::format("the system does not allow {} threads", members));
  } catch (...) {
    join_all(Gate::kCancelled);
    throw;
  }
  for (int seen = ready.load(); seen < members; seen = ready.load()) ready.wait(seen);
  if (pin_error.load() != 0) {
    join_all(Gate::kCancelled);
    throw std::system_error(pin_error.load(), std::generic_category(), "sched_setaffinity");
  }
  const auto released = Clock::now();
  join_all(Gate::kOpen);

  TeamTimes result;
  for (const Member& member : times) {
    result.member_ns.push_back(std::chrono::nanoseconds(member.end - member.begin).count());
    result.wall_ns = std::max(result.wall_ns, std::int64_t{std::chrono::nanoseconds(member.end - released).count()});
    result.cpus.push_back(member.cpu);
  }
  return result;
}

TeamTimes run_team(int members, const std::function<void(int)>& work) { return run_team(members, spread_cpus(), work); }

}  // namespace unitcost
