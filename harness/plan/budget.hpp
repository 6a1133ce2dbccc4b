#pragma once
// What a plan costs, by arithmetic: before it starts, and again when round 0 has timed every case.
#include <cstdint>
#include <set>
#include <string>

#include "harness/plan/plan.hpp"
#include "harness/scenario/scenario.hpp"

namespace unitcost {

struct Budget {
  int cases = 0;  ///< that run
  int dropped = 0;
  int blocks = 0;  ///< of the counted rounds
  double round_zero_s = 0.0;
  double counted_s = 0.0;          ///< of the counted rounds
  double repeat_s = 0.0;           ///< set aside for repeated blocks
  std::uint64_t memory_bytes = 0;  ///< the largest block
  std::string memory_case;         ///< which one that is
  std::uint64_t disk_bytes = 0;
};

Budget budget_of(const Plan& plan);

/// Seconds of one block: as round 0 saw it, else a guess from its samples and memory.
double block_s(const PlannedCase& planned);

/// Drops, with the reason, every case whose memory is beyond half of what is free.
void drop_what_needs_too_much_memory(Plan& plan, std::uint64_t free_bytes);

/// The time that a profile grants what `only` chose: of whole families the sum of what it grants each, where it says that of all of them, and never more than for everything.
double budget_for(const Profile& profile, const Plan& plan);

/// The fewest counted rounds that a profile may be cut to.
int least_rounds(const Profile& profile);

/// Cuts rounds, never below the least, until what is left fits into `left_s`; where that is not enough, makes cases slow ones, whatever they measured: those that are costliest to set up, then
/// those that save most, but none whose key is in `spared`.
/// Sets aside what remains for repeats.
/// Returns what was done in one sentence; empty when nothing had to be.
std::string fit_rounds(Plan& plan, const Profile& profile, double left_s, const std::set<std::string>& spared = {});

/// The last seconds of a profile's budget: analysis and the report come after the last round.
constexpr double kReportS = 5.0;

/// "9 min 20 s"
std::string duration_text(double seconds);

}  // namespace unitcost
