#include "harness/honesty/findings.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "harness/base/mix.hpp"
#include "harness/honesty/schedule.hpp"
#include "harness/stats/random.hpp"
#include "harness/stats/uniform.hpp"

namespace unitcost {
namespace {

constexpr int kAskedDuels = 25;
constexpr int kAskedCases = 40;
constexpr int kAskedTrials = 100;
constexpr double kAskedUniformP = 0.01;
constexpr double kAskedFound = 0.95;
constexpr double kAskedMinutes = 8.0;
constexpr int kTimedPairs = 20;
constexpr double kMostLoadedAlarms = 0.01;

using Duels = std::vector<DuelDigest>;

Duels of_phase(const Duels& all, Phase phase) {
  Duels chosen;
  std::ranges::copy_if(all, std::back_inserter(chosen),
                       [&](const DuelDigest& duel) { return duel.piece.phase == phase; });
  return chosen;
}

/// Every planned piece of the phase is done, and there are some.
bool is_whole(const HonestyState& state, const Duels& duels, Phase phase) {
  const auto planned = std::ranges::count(state.pieces, phase, &Piece::phase);
  return planned > 0 && static_cast<std::size_t>(planned) == duels.size();
}

Reached reached_if(bool whole, bool is_good) {
  if (!whole) return Reached::kNotYet;
  return is_good ? Reached::kYes : Reached::kNo;
}

struct Alarms {
  int verdicts = 0;
  int alarms = 0;        // of any duel
  int gated_alarms = 0;  // of those that a gate may be built on
  int demoted = 0;       // duels on which none may
  int few_cases = 0;     // duels with fewer than kAskedCases
};

Alarms alarms_of(const Duels& duels) {
  Alarms sum;
  for (const DuelDigest& duel : duels) {
    const auto told =
        std::ranges::count_if(duel.cases, [](const CaseDigest& one) { return one.told[kOurs] != Told::kSilent; });
    sum.verdicts += static_cast<int>(duel.cases.size());
    sum.alarms += static_cast<int>(told);
    if (duel.gateable) sum.gated_alarms += static_cast<int>(told);
    else ++sum.demoted;
    if (duel.cases.size() < kAskedCases) ++sum.few_cases;
  }
  return sum;
}

void judge_alike(const HonestyState& state, const Duels& duels, Phase phase, const std::string& what,
                 Honesty& honesty) {
  const bool whole = is_whole(state, duels, phase);
  const Alarms sum = alarms_of(duels);
  NumberReached alarms{
      what + ": gated alarms", fmt::format("0 in {} duels of {} cases and more", kAskedDuels, kAskedCases),
      fmt::format("{} of {} verdicts in {} duels", sum.alarms, sum.verdicts, duels.size()), Reached::kNotYet};
  if (sum.few_cases > 0) alarms.measured += fmt::format(", {} of them with fewer cases", sum.few_cases);
  if (sum.demoted > 0) alarms.measured += fmt::format(", {} of them with too few pairs for a gate", sum.demoted);
  const bool enough = duels.size() >= kAskedDuels && sum.few_cases == 0 && sum.demoted == 0;
  alarms.reached = reached_if(whole, sum.alarms == 0 && enough);
  honesty.findings.push_back(std::move(alarms));

  const auto p = randomised_p(duels, state.seed);
  const KolmogorovSmirnov test = kolmogorov_smirnov(p);
  const auto small = std::ranges::count_if(p, [](double one) { return one <= kFamilyLevel; });
  NumberReached uniform{what + ": p-values uniform", fmt::format("Kolmogorov–Smirnov p > {}", kAskedUniformP), "",
                        reached_if(whole, test.p > kAskedUniformP)};
  if (test.n > 0) {
    uniform.measured = fmt::format("p = {:.3f} (distance {:.3f}, {} values; {:.1f} % of them at most 0.05)", test.p,
                                   test.distance, test.n, 100.0 * static_cast<double>(small) / test.n);
  }
  if (phase == Phase::kRelinked && state.wishes.layouts == 0)
    honesty.findings.back().measured = uniform.measured = "left out";
  honesty.findings.push_back(std::move(uniform));
}

void judge_spreads(bool whole, Honesty& honesty) {
  std::vector<double> sds;
  for (const CaseSpread& spread : honesty.spreads) sds.push_back(spread.sd);
  const double middle = quantile_of_sorted(sds, 0.5);
  const double ninth = quantile_of_sorted(sds, 0.9);
  const auto text = [&](double value) { return sds.empty() ? "" : fmt::format("{:.2f} %", 100.0 * value); };
  honesty.findings.push_back(
      {"Pair spread, median over cases", "at most 1 %", text(middle), reached_if(whole, middle <= 0.01)});
  honesty.findings.push_back(
      {"Pair spread, 90th percentile", "at most 3 %", text(ninth), reached_if(whole, ninth <= 0.03)});
}

struct Trials {
  int found = 0;
  int all = 0;
  [[nodiscard]] double share() const { return all == 0 ? 0.0 : static_cast<double>(found) / all; }
};

/// Cases with a planted delay whose verdict is that B is slower.
Trials trials_of(const Duels& duels) {
  Trials trials;
  for (const DuelDigest& duel : duels) {
    for (const CaseDigest& one : duel.cases) {
      if (!duel.piece.delays.contains(one.key)) continue;
      ++trials.all;
      if (one.told[kOurs] == Told::kSlower) ++trials.found;
    }
  }
  return trials;
}

Duels with_effect(const Duels& planted, double effect) {
  Duels chosen;
  std::ranges::copy_if(planted, std::back_inserter(chosen),
                       [&](const DuelDigest& duel) { return duel.piece.effect == effect; });
  return chosen;
}

std::string trials_text(const Trials& trials, const Duels& duels) {
  if (trials.all == 0) return "";
  return fmt::format("{:.1f} % of {} trials, {} pairs", 100.0 * trials.share(), trials.all, duels.front().piece.pairs);
}

void judge_planted(const HonestyState& state, const Duels& planted, bool spreads_known, Honesty& honesty) {
  for (const PlantedClass& one : kPlantedClasses) {
    const Duels duels = with_effect(planted, one.effect);
    const auto asked = std::ranges::count_if(
        state.pieces, [&](const Piece& piece) { return piece.phase == Phase::kPlanted && piece.effect == one.effect; });
    const Trials trials = trials_of(duels);
    NumberReached finding{
        fmt::format("Planted {:g} %, pair spread up to {:g} %", 100.0 * one.effect, 100.0 * one.most_sd),
        fmt::format("found in at least 95 % of {} trials and more", kAskedTrials), trials_text(trials, duels),
        Reached::kNotYet};
    if (asked == 0 && spreads_known) {
      finding.measured = "no case has such a spread here";
      finding.reached = Reached::kNothingToSay;
    } else {
      const bool whole = asked > 0 && static_cast<std::size_t>(asked) == duels.size();
      finding.reached = reached_if(whole, trials.share() >= kAskedFound && trials.all >= kAskedTrials);
    }
    honesty.findings.push_back(std::move(finding));
  }
}

void judge_visible(const HonestyState& state, const Duels& visible, Honesty& honesty) {
  const Trials trials = trials_of(visible);
  const bool whole = state.wishes.visible > 0 && static_cast<int>(visible.size()) == state.wishes.visible + 1;
  const bool is_good = trials.share() >= 0.85 && trials.share() <= 0.95 && trials.all >= kAskedTrials;
  honesty.findings.push_back({"The smallest visible effect that is printed, planted", "found in 85 to 95 %",
                              trials_text(trials, visible), reached_if(whole, is_good)});
}

void judge_loaded(const HonestyState& state, const Duels& loaded, Honesty& honesty) {
  const Alarms sum = alarms_of(loaded);
  int fired = 0;
  for (const DuelDigest& duel : loaded) fired += duel.fired;
  NumberReached finding{
      "Load on side B alone", "at most 1 % alarms, or the null control demotes",
      fmt::format("{} of {} verdicts are alarms, {} of them in duels that may be gated; the null control of {} cases "
                  "fired and demoted {} of {} duels",
                  sum.alarms, sum.verdicts, sum.gated_alarms, fired, sum.demoted, loaded.size()),
      Reached::kNotYet};
  const bool is_good = sum.gated_alarms <= kMostLoadedAlarms * sum.verdicts;
  finding.reached = reached_if(is_whole(state, loaded, Phase::kLoaded), is_good);
  honesty.findings.push_back(std::move(finding));
}

/// The duel of two sides with nothing planted.
void judge_time(const Duels& visible, Honesty& honesty) {
  NumberReached finding{
      "Time of a duel with its null control",
      fmt::format("{} pairs of {} cases in at most {:g} min", kTimedPairs, kAskedCases, kAskedMinutes), "",
      Reached::kNotYet};
  for (const DuelDigest& duel : visible) {
    if (!duel.piece.delays.empty()) continue;
    finding.measured =
        fmt::format("{:.1f} min for {} pairs of {} cases", duel.wall_s / 60.0, duel.piece.pairs, duel.cases.size());
    const bool is_full = duel.piece.pairs >= kTimedPairs && duel.cases.size() >= kAskedCases;
    finding.reached = reached_if(true, is_full && duel.wall_s <= 60.0 * kAskedMinutes);
  }
  honesty.findings.push_back(std::move(finding));
}

/// Where nothing was planted every alarm counts, else those that say "slower" of a case with a delay.
void count_rules(const std::string& group, bool is_false, const Duels& duels, Honesty& honesty) {
  RuleCount count{group, is_false, 0, {}};
  for (const DuelDigest& duel : duels) {
    for (const CaseDigest& one : duel.cases) {
      if (duel.piece.delays.contains(one.key) == is_false) continue;
      ++count.verdicts;
      for (std::size_t rule = 0; rule < kRules; ++rule) {
        const bool tells = is_false ? one.told.at(rule) != Told::kSilent : one.told.at(rule) == Told::kSlower;
        if (tells) ++count.told.at(rule);
      }
    }
  }
  if (count.verdicts > 0) honesty.rules.push_back(std::move(count));
}

}  // namespace

std::vector<double> randomised_p(const std::vector<DuelDigest>& duels, std::uint64_t seed) {
  std::vector<double> p;
  for (const DuelDigest& duel : duels) {
    for (const CaseDigest& one : duel.cases) {
      Random random(hash64(seed, fmt::format("p\n{}\n{}", duel.piece.name, one.key)));
      p.push_back(std::lerp(one.p_beyond, one.p, random.uniform()));
    }
  }
  return p;
}

Honesty judge_honesty(const HonestyState& state, const std::vector<DuelDigest>& done) {
  const Duels same = of_phase(done, Phase::kSame);
  const Duels relinked = of_phase(done, Phase::kRelinked);
  const Duels planted = of_phase(done, Phase::kPlanted);
  const Duels visible = of_phase(done, Phase::kVisible);
  Honesty honesty;
  const bool spreads_known = is_whole(state, same, Phase::kSame);
  honesty.spreads = spreads_of(same);
  if (!done.empty()) honesty.line = done.front().line;
  judge_alike(state, same, Phase::kSame, "A against its copy", honesty);
  judge_alike(state, relinked, Phase::kRelinked, "A against A relinked", honesty);
  judge_spreads(spreads_known, honesty);
  judge_planted(state, planted, spreads_known, honesty);
  judge_visible(state, visible, honesty);
  judge_time(visible, honesty);
  judge_loaded(state, of_phase(done, Phase::kLoaded), honesty);

  count_rules("nothing, A against its copy", true, same, honesty);
  count_rules("nothing, A against A relinked", true, relinked, honesty);
  for (const PlantedClass& one : kPlantedClasses)
    count_rules(fmt::format("{:g} %", 100.0 * one.effect), false, with_effect(planted, one.effect), honesty);
  count_rules("what is just seen", false, visible, honesty);
  return honesty;
}

}  // namespace unitcost
