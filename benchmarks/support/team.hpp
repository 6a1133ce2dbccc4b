#pragma once
// Threads that start together on stated CPUs. Google Benchmark's own threads are made anew for each repetition and often start on one CPU,
// and its per-thread times are divided by the number of threads; a Team is pinned first and times itself.
#include <cstdint>
#include <functional>
#include <vector>

namespace unitcost {

struct TeamTimes {
  std::int64_t wall_ns = 0;             ///< from the release of the barrier to the end of the last member
  std::vector<std::int64_t> member_ns;  ///< per member, from its own first to its own last instruction of the work
  std::vector<int> cpus;                ///< CPU on which each member ended its work
};

/// Runs `work(member)` once on each of `members` threads, member i pinned to cpus[i % cpus.size()], all released by one barrier.
/// An empty `cpus` leaves placement to the scheduler. Throws CannotMeasure when the system allows no more threads, std::system_error when one cannot be pinned; all
/// threads have ended when it returns or throws. `work` must not throw.
TeamTimes run_team(int members, const std::vector<int>& cpus, const std::function<void(int member)>& work);

/// The same on the CPUs that this process may use, spread over cores.
TeamTimes run_team(int members, const std::function<void(int member)>& work);

}  // namespace unitcost
