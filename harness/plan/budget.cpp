#include "harness/plan/budget.hpp"

#include <algorithm>
#include <cmath>
#include <set>
#include <vector>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "harness/plan/build.hpp"
#include "harness/plan/order.hpp"
#include "harness/scenario/parse.hpp"

namespace unitcost {
namespace {

constexpr double kBlockOverheadS = 0.02;    // start of a process, two reference spins, a flush to the disk
constexpr double kTouchBytesPerS = 1.5e9;   // setting up memory: first touch, linking a ring
constexpr double kLeastRepeats = 0.04;      // of the counted rounds: blocks that come out contaminated are repeated
constexpr double kMostRepeats = 2.0;        // every block twice again
constexpr double kCalibrationTries = 2.5;   // samples' worth of time that Google Benchmark spends on finding the count
constexpr std::uint64_t kLineBytes = 2048;  // of blocks.jsonl
constexpr double kCostlyS = 0.03;  // of a block but for its samples: what is less is little beside them, and cut last
constexpr int kPreviewRounds = 6;  // the least that give a 95 % interval
constexpr int kStandardRounds = 10;
constexpr int kPrintRounds = 20;

double setup_s(const PlannedCase& planned) {
  return kBlockOverheadS + static_cast<double>(planned.memory_bytes) / kTouchBytesPerS;
}

/// Of a block as round 0 saw it: all but its samples.
double around_samples_s(const PlannedCase& planned) {
  return block_s(planned) - 1e-3 * planned.sample_ms * planned.samples;
}

/// A block of the case as a slow one: shorter by all samples but one.
double slow_block_s(const PlannedCase& planned) {
  return std::max(kBlockOverheadS, block_s(planned) - 1e-3 * planned.sample_ms * (planned.samples - 1));
}

double saved_s(const PlannedCase& planned, int slow_rounds) {
  return block_s(planned) * planned.rounds - slow_block_s(planned) * slow_rounds;
}

bool is_costly(const PlannedCase& planned) { return around_samples_s(planned) > kCostlyS; }

/// Blind to what was measured but for its time: those that are costliest to set up first. What is mostly samples is what the time is for, so it comes last, those first that save most.
std::vector<PlannedCase*> in_order_of_cutting(Plan& plan, int slow_rounds, const std::set<std::string>& spared) {
  std::vector<PlannedCase*> cases;
  for (PlannedCase& planned : plan.cases) {
    const bool can_be_cut = planned.dropped.empty() && !planned.slow && planned.rounds > slow_rounds;
    if (can_be_cut && !spared.contains(planned.key)) cases.push_back(&planned);
  }
  std::stable_sort(cases.begin(), cases.end(), [slow_rounds](const PlannedCase* a, const PlannedCase* b) {
    if (is_costly(*a) != is_costly(*b)) return is_costly(*a);
    if (is_costly(*a)) return around_samples_s(*a) > around_samples_s(*b);
    return saved_s(*a, slow_rounds) > saved_s(*b, slow_rounds);
  });
  return cases;
}

struct Cut {
  int costly = 0;  ///< to set up
  int others = 0;
};

/// Makes cases slow ones until the rounds fit.
Cut slow_down_the_costliest(Plan& plan, const Profile& profile, double left_s, const std::set<std::string>& spared) {
  double counted_s = budget_of(plan).counted_s;
  Cut cut;
  for (PlannedCase* planned : in_order_of_cutting(plan, profile.slow_rounds, spared)) {
    if (counted_s <= left_s) break;
    ++(is_costly(*planned) ? cut.costly : cut.others);
    counted_s -= saved_s(*planned, profile.slow_rounds);
    planned->expected_s = slow_block_s(*planned);
    make_slow(*planned, profile.slow_rounds);
  }
  return cut;
}

/// "the 3 cases that are costliest to set up and 2 others are measured in 6 rounds of one sample"
std::string text_of(const Cut& cut, int slow_rounds) {
  std::vector<std::string> which;
  if (cut.costly == 1) which.emplace_back("the case that is costliest to set up");
  if (cut.costly > 1) which.push_back(fmt::format("the {} cases that are costliest to set up", cut.costly));
  if (cut.others > 0) {
    which.push_back(fmt::format("{} {}{}", cut.others, cut.costly > 0 ? "other" : "case", cut.others == 1 ? "" : "s"));
  }
  return fmt::format("{} {} measured in {} rounds of one sample", fmt::join(which, " and "),
                     cut.costly + cut.others == 1 ? "is" : "are", slow_rounds);
}

}  // namespace

double block_s(const PlannedCase& planned) {
  if (planned.expected_s > 0) return planned.expected_s;
  return setup_s(planned) + 1e-3 * planned.sample_ms * planned.samples;
}

Budget budget_of(const Plan& plan) {
  Budget budget;
  double counted_s = 0.0;
  for (const PlannedCase& planned : plan.cases) {
    if (!planned.dropped.empty()) {
      ++budget.dropped;
      continue;
    }
    const int rounds = std::min(planned.rounds, plan.rounds);
    ++budget.cases;
    budget.blocks += rounds;
    counted_s += rounds * block_s(planned);
    budget.round_zero_s += setup_s(planned) + kCalibrationTries * 1e-3 * planned.sample_ms;
    if (planned.memory_bytes > budget.memory_bytes) {
      budget.memory_bytes = planned.memory_bytes;
      budget.memory_case = planned.key;
    }
  }
  budget.counted_s = counted_s;
  budget.repeat_s = plan.frozen ? plan.repeat_s : kLeastRepeats * counted_s;
  budget.disk_bytes = static_cast<std::uint64_t>(budget.blocks + budget.cases) * kLineBytes;
  return budget;
}

void drop_what_needs_too_much_memory(Plan& plan, std::uint64_t free_bytes) {
  for (PlannedCase& planned : plan.cases) {
    if (!planned.dropped.empty() || free_bytes == 0 || planned.memory_bytes <= free_bytes / 2) continue;
    planned.dropped = fmt::format("it needs {} of memory, and half of what is free is {}",
                                  format_size(planned.memory_bytes), format_size(free_bytes / 2));
  }
}

double budget_for(const Profile& profile, const Plan& plan) {
  std::set<std::string> families;
  for (const LabelledCase& label : plan.labels) families.insert(family_of(label.scenario));
  if (plan.only.empty() || families.empty()) return profile.budget_s;
  double seconds = 0.0;
  for (const std::string& family : families) {
    const auto granted = profile.family_budgets_s.find(family);
    if (granted == profile.family_budgets_s.end()) return profile.budget_s;
    seconds += granted->second;
  }
  return std::min(seconds, profile.budget_s);
}

int least_rounds(const Profile& profile) {
  const int least = profile.preview ? kPreviewRounds : profile.rounds >= kPrintRounds ? kPrintRounds : kStandardRounds;
  return std::min(least, profile.rounds);
}

std::string fit_rounds(Plan& plan, const Profile& profile, double left_s, const std::set<std::string>& spared) {
  const int planned_rounds = plan.rounds;
  const int least = least_rounds(profile);
  while (plan.rounds > least && (1.0 + kLeastRepeats) * budget_of(plan).counted_s > left_s) --plan.rounds;
  for (PlannedCase& planned : plan.cases) planned.rounds = std::min(planned.rounds, plan.rounds);
  const Cut cut = slow_down_the_costliest(plan, profile, left_s / (1.0 + kLeastRepeats), spared);
  const double expected_s = budget_of(plan).counted_s;
  plan.repeat_s = std::clamp(left_s - expected_s, kLeastRepeats * expected_s, kMostRepeats * expected_s);
  std::vector<std::string> what;
  if (plan.rounds < planned_rounds) what.push_back(fmt::format("{} of {} rounds are run", plan.rounds, planned_rounds));
  if (cut.costly + cut.others > 0) what.push_back(text_of(cut, profile.slow_rounds));
  std::string said = what.empty() ? "" : fmt::format("{}, to stay within the time", fmt::join(what, " and "));
  if (expected_s > left_s) {
    said +=
        fmt::format("{}the rounds are expected to take {}, {} is left of the profile's time; --only measures a part",
                    said.empty() ? "" : "; ", duration_text(expected_s), duration_text(std::max(0.0, left_s)));
  }
  return said;
}

std::string duration_text(double seconds) {
  const auto whole = static_cast<long>(std::lround(seconds));
  if (whole < 60) return fmt::format("{} s", whole);
  if (whole < 3600) return fmt::format("{} min {:02} s", whole / 60, whole % 60);
  return fmt::format("{} h {:02} min", whole / 3600, whole / 60 % 60);
}

}  // namespace unitcost
