#pragma once
// From scenarios and a profile to the cases of a run: each case once, however many labels point at it.
#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "harness/plan/plan.hpp"
#include "harness/scenario/scenario.hpp"

namespace unitcost {

struct PlanWishes {
  std::uint64_t seed = 1;
  int cpus = 1;                                              ///< usable ones
  std::vector<std::string> only;                             ///< prefixes of scenarios or case keys; empty: all
  std::map<std::string, std::vector<std::uint64_t>> cliffs;  ///< "<scenario>:<axis>" -> sizes that round 0 found
};

/// Throws BadInput when two scenarios want the same case on different CPU sets.
Plan build_plan(const std::vector<Scenario>& scenarios, const Profile& profile, const PlanWishes& wishes);

/// Some axis asks for points near the cliffs, and the profile grants them.
bool wants_cliffs(const std::vector<Scenario>& scenarios, const Profile& profile);

/// "<program>:<name>", with "#syscalls" behind it when calls are counted.
std::string case_key(const std::string& program, const std::string& name, Observe observe);

/// `only` is empty, or one of its prefixes begins `label` ("<scenario>:<label>", and so the scenario's id) or the case's key.
bool is_chosen(const std::string& label, const std::string& key, const std::vector<std::string>& only);

/// What was already found out about a case of `from` is taken over into the same case of `to`.
void take_over(const Plan& from, Plan& to);

/// A slow case: one sample a block, `slow_rounds` rounds.
void make_slow(PlannedCase& planned, int slow_rounds);

}  // namespace unitcost
