#include "harness/honesty/schedule.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "harness/base/mix.hpp"
#include "harness/duel/judge_duel.hpp"
#include "harness/stats/power.hpp"

namespace unitcost {
namespace {

constexpr int kLeastPairs = 20;
constexpr int kMostPlantedPairs = 32;
constexpr double kPlantedPower = 0.95;
constexpr double kLongestDelay = 1.0;  // a case that would just see its double says nothing about what is just seen

Piece piece_of(const HonestyState& state, Phase phase, const std::string& name) {
  Piece piece;
  piece.name = name;
  piece.phase = phase;
  piece.seed = std::max<std::uint64_t>(1, hash64(state.seed, name) >> 1U);  // JSON's integers have a sign
  piece.pairs = state.wishes.pairs;
  piece.only = state.wishes.only;
  return piece;
}

std::vector<Piece> of_phase(const HonestyState& state, Phase phase) {
  std::vector<Piece> pieces;
  std::ranges::copy_if(state.pieces, std::back_inserter(pieces),
                       [phase](const Piece& piece) { return piece.phase == phase; });
  return pieces;
}

void plan_alike(HonestyState& state, Phase phase, int count) {
  for (int number = 1; number <= count; ++number)
    state.pieces.push_back(piece_of(state, phase, fmt::format("{}-{:02}", phase_text(phase), number)));
}

/// What the duels of a build against its copy found; empty while one is missing.
std::vector<CaseSpread> spreads_when_done(const HonestyState& state, const Done& done) {
  std::vector<DuelDigest> digests;
  for (const Piece& piece : of_phase(state, Phase::kSame)) {
    const DuelDigest* digest = done(piece);
    if (digest == nullptr) return {};
    digests.push_back(*digest);
  }
  return spreads_of(digests);
}

void plan_class(HonestyState& state, const std::vector<const CaseSpread*>& cases, double effect) {
  if (cases.empty()) return;
  const int per_duel = static_cast<int>(cases.size());
  const int duels = (state.wishes.trials + per_duel - 1) / per_duel;
  const int pairs = state.wishes.pairs < kLeastPairs ? state.wishes.pairs : pairs_for(cases, effect);
  for (int number = 1; number <= duels; ++number) {
    Piece piece = piece_of(state, Phase::kPlanted, fmt::format("planted-{:g}-{:03}", 100.0 * effect, number));
    piece.pairs = pairs;
    piece.effect = effect;
    piece.only.clear();
    for (const CaseSpread* one : cases) {
      piece.only.push_back(one->key);
      piece.delays[one->key] = effect;
    }
    state.pieces.push_back(std::move(piece));
  }
}

void plan_planted(HonestyState& state, const std::vector<CaseSpread>& spreads) {
  double least_sd = -1.0;
  for (const PlantedClass& one : kPlantedClasses) {
    std::vector<const CaseSpread*> cases;
    for (const CaseSpread& spread : spreads) {
      if (spread.sd > least_sd && spread.sd <= one.most_sd && can_be_planted(spread.key)) cases.push_back(&spread);
    }
    plan_class(state, cases, one.effect);
    least_sd = one.most_sd;
  }
}

/// The first plants nothing; each other what the one before it said that it would just see.
bool plan_visible(HonestyState& state, const Done& done) {
  const auto pieces = of_phase(state, Phase::kVisible);
  const int number = static_cast<int>(pieces.size());
  if (number > state.wishes.visible || state.wishes.visible == 0) return false;
  Piece piece = piece_of(state, Phase::kVisible, fmt::format("visible-{:02}", number));
  if (number > 0) {
    const DuelDigest* before = done(pieces.back());
    if (before == nullptr) return false;
    for (const CaseDigest& one : before->cases) {
      const double share = std::expm1(one.visible);
      if (share > 0.0 && share <= kLongestDelay && can_be_planted(one.key)) piece.delays[one.key] = share;
    }
  }
  state.pieces.push_back(std::move(piece));
  return true;
}

}  // namespace

bool can_be_planted(const std::string& case_key) { return !case_key.starts_with("python/"); }

int pairs_for(const std::vector<const CaseSpread*>& cases, double effect) {
  PowerTable power;
  const FindingRule rule{kLeastMargin, kFamilyLevel / static_cast<double>(cases.size()), true};
  const auto is_found = [&](int pairs, const CaseSpread& one) {
    double found = 0.0;
    for (const double sd : one.sds) found += power.share_found(pairs, std::log1p(effect), sd, rule);
    return found >= kPlantedPower * static_cast<double>(one.sds.size());
  };
  for (int pairs = kLeastPairs; pairs < kMostPlantedPairs; pairs += 2) {
    if (std::ranges::all_of(cases, [&](const CaseSpread* one) { return is_found(pairs, *one); })) return pairs;
  }
  return kMostPlantedPairs;
}

bool plan_pieces(HonestyState& state, const Done& done) {
  const std::size_t before = state.pieces.size();
  if (of_phase(state, Phase::kSame).empty()) {
    plan_alike(state, Phase::kSame, state.wishes.duels);
    if (state.wishes.layouts > 0) plan_alike(state, Phase::kRelinked, state.wishes.duels);
    plan_alike(state, Phase::kLoaded, state.wishes.loaded);
  }
  if (of_phase(state, Phase::kPlanted).empty()) plan_planted(state, spreads_when_done(state, done));
  while (plan_visible(state, done)) continue;
  return state.pieces.size() != before;
}

}  // namespace unitcost
