#include "harness/stats/plateaus.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

#include "harness/stats/estimate.hpp"
#include "harness/stats/order_statistics.hpp"

namespace unitcost {
namespace {

std::size_t rounds_of(const CurvePoint& point) {
  return point.by_round.size() - static_cast<std::size_t>(std::ranges::count_if(
                                     point.by_round, [](double value) { return std::isnan(value); }));
}

/// Indices of a stretch without the sizes that ran in far fewer rounds than the others, as slow cases do. Which size has how many rounds follows
/// from the plan, not from values.
std::vector<std::size_t> measured_often(const std::vector<CurvePoint>& curve, const Stretch& stretch) {
  std::size_t most = 0;
  for (std::size_t i = stretch.from; i <= stretch.to; ++i) most = std::max(most, rounds_of(curve[i]));
  std::vector<std::size_t> often;
  for (std::size_t i = stretch.from; i <= stretch.to; ++i) {
    if (static_cast<double>(rounds_of(curve[i])) >= kOftenShare * static_cast<double>(most)) often.push_back(i);
  }
  return often;
}

double octaves_of(const std::vector<CurvePoint>& curve, const std::vector<std::size_t>& sizes) {
  return octaves_between(static_cast<double>(curve[sizes.front()].bytes),
                         static_cast<double>(curve[sizes.back()].bytes));
}

struct Candidate {
  Stretch stretch;
  double often_octaves = 0.0;  ///< of the sizes measured often
  double octaves = 0.0;
  double spread = 1.0;
  double value = 0.0;
};

Candidate describe(const std::vector<CurvePoint>& curve, const Stretch& stretch) {
  std::vector<double> values;
  for (std::size_t i = stretch.from; i <= stretch.to; ++i) values.push_back(curve[i].value);
  const auto [least, most] = std::ranges::minmax(values);
  return {stretch, octaves_of(curve, measured_often(curve, stretch)),
          octaves_between(static_cast<double>(curve[stretch.from].bytes), static_cast<double>(curve[stretch.to].bytes)),
          most / least, median(values)};
}

/// Every maximal run of neighbouring sizes within 10 % that is at least an octave long.
std::vector<Candidate> candidates_of(const std::vector<CurvePoint>& curve) {
  std::vector<Candidate> candidates;
  std::size_t reached = 0;  // one past the end of the run before: a run that ends no later is part of it
  for (std::size_t from = 0; from < curve.size(); ++from) {
    double least = curve[from].value;
    double most = least;
    std::size_t end = from + 1;
    for (; end < curve.size(); ++end) {
      const double next_least = std::min(least, curve[end].value);
      const double next_most = std::max(most, curve[end].value);
      if (!(next_most <= next_least * kPlateauSpread)) break;
      least = next_least;
      most = next_most;
    }
    if (end <= reached) continue;
    reached = end;
    const Candidate candidate = describe(curve, {from, end - 1});
    if (candidate.octaves >= kLeastOctaves) candidates.push_back(candidate);
  }
  return candidates;
}

bool overlap(const Stretch& a, const Stretch& b) { return a.from <= b.to && b.from <= a.to; }

bool is_longer(const Candidate& a, const Candidate& b) {
  return std::pair(a.often_octaves, a.octaves) > std::pair(b.often_octaves, b.octaves);
}

bool is_better(const Candidate& a, const Candidate& b) {
  if (is_longer(a, b) || is_longer(b, a)) return is_longer(a, b);
  if (a.spread != b.spread) return a.spread < b.spread;
  return a.stretch.from < b.stretch.from;
}

std::vector<Candidate> without_overlap(std::vector<Candidate> candidates) {
  std::ranges::stable_sort(candidates, is_better);
  std::vector<Candidate> kept;
  for (const auto& candidate : candidates) {
    const bool free =
        std::ranges::none_of(kept, [&](const Candidate& other) { return overlap(candidate.stretch, other.stretch); });
    if (free) kept.push_back(candidate);
  }
  std::ranges::sort(kept, {}, [](const Candidate& candidate) { return candidate.stretch.from; });
  return kept;
}

/// Of two neighbours that are no step apart the shorter one goes; of equals the later one stays, which is nearer to memory.
void drop_missing_steps(std::vector<Candidate>& kept) {
  for (std::size_t i = 1; i < kept.size();) {
    if (kept[i].value >= kept[i - 1].value * kLeastStep) {
      ++i;
      continue;
    }
    const std::size_t loser = is_longer(kept[i - 1], kept[i]) ? i : i - 1;
    kept.erase(kept.begin() + static_cast<std::ptrdiff_t>(loser));
    i = 1;
  }
}

/// Indices of the sizes that the rounds of a plateau are read from: those measured often, because a round counts only when it has all sizes; but
/// all of them when the others span less than an octave.
std::vector<std::size_t> sizes_of_every_round(const std::vector<CurvePoint>& curve, const Stretch& stretch) {
  std::vector<std::size_t> often = measured_often(curve, stretch);
  if (octaves_of(curve, often) >= kLeastOctaves) return often;
  std::vector<std::size_t> all;
  for (std::size_t i = stretch.from; i <= stretch.to; ++i) all.push_back(i);
  return all;
}

}  // namespace

double octaves_between(double from_bytes, double to_bytes) { return std::log2(to_bytes / from_bytes); }

std::vector<Stretch> find_plateaus(const std::vector<CurvePoint>& curve) {
  std::vector<Candidate> kept = without_overlap(candidates_of(curve));
  drop_missing_steps(kept);
  std::vector<Stretch> stretches;
  for (const auto& candidate : kept) stretches.push_back(candidate.stretch);
  return stretches;
}

Plateau measure_plateau(const std::vector<CurvePoint>& curve, const Stretch& stretch) {
  Plateau plateau;
  plateau.from_bytes = curve[stretch.from].bytes;
  plateau.to_bytes = curve[stretch.to].bytes;
  std::size_t rounds = std::numeric_limits<std::size_t>::max();
  std::vector<double> values;
  const std::vector<std::size_t> indices = sizes_of_every_round(curve, stretch);
  for (const std::size_t i : indices) {
    values.push_back(curve[i].value);
    rounds = std::min(rounds, curve[i].by_round.size());
  }
  plateau.value = plateau.low = plateau.high = median(values);

  std::vector<double> complete;
  for (std::size_t round = 0; round < rounds; ++round) {
    std::vector<double> sizes;
    for (const std::size_t i : indices) sizes.push_back(curve[i].by_round[round]);
    const bool is_complete = std::ranges::none_of(sizes, [](double value) { return std::isnan(value); });
    plateau.by_round.push_back(is_complete ? median(sizes) : std::numeric_limits<double>::quiet_NaN());
    if (is_complete) complete.push_back(plateau.by_round.back());
  }
  if (complete.empty()) return plateau;
  const Estimate estimate = estimate_median(complete);
  plateau.value = estimate.value;
  plateau.low = estimate.low;
  plateau.high = estimate.high;
  plateau.n = estimate.n;
  plateau.coverage = estimate.coverage;
  return plateau;
}

}  // namespace unitcost
