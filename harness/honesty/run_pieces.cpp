#include "harness/honesty/run_pieces.hpp"

#include <algorithm>
#include <map>

#include <fmt/format.h>

#include "harness/base/error.hpp"
#include "harness/plan/budget.hpp"
#include "harness/stats/order_statistics.hpp"

namespace unitcost {
namespace {

namespace fs = std::filesystem;

constexpr double kPairS = 0.2;  // a guess, until a piece of the phase is done
constexpr int kUsualCases = 45;

/// ReadDuels of the duels that are done, each read once.
class ReadDuels {
 public:
  explicit ReadDuels(fs::path folder) : folder_(std::move(folder)) { look(); }

  void look() { begun_ = begun_duels(folder_); }
  [[nodiscard]] const std::map<std::uint64_t, BegunDuel>& begun() const { return begun_; }
  [[nodiscard]] bool has(const Piece& piece) const {
    const auto found = begun_.find(piece.seed);
    return found != begun_.end() && found->second.complete;
  }
  const DuelDigest* of(const Piece& piece) {
    if (!has(piece)) return nullptr;
    const auto known = digests_.find(piece.seed);
    if (known != digests_.end()) return &known->second;
    return &digests_.emplace(piece.seed, digest_of(piece, load_duel(begun_.at(piece.seed).folder))).first->second;
  }

 private:
  fs::path folder_;
  std::map<std::uint64_t, BegunDuel> begun_;
  std::map<std::uint64_t, DuelDigest> digests_;
};

bool plan(HonestyState& state, ReadDuels& digests) {
  return plan_pieces(state, [&](const Piece& piece) { return digests.of(piece); });
}

Progressed progressed(const HonestyState& state, ReadDuels& digests) {
  Progressed result;
  for (const Piece& piece : state.pieces) {
    if (const DuelDigest* digest = digests.of(piece)) {
      result.done.push_back(*digest);
      continue;
    }
    ++result.left;
    result.left_s += expected_s(piece, state, digests.begun());
  }
  const auto visible = std::ranges::count(state.pieces, Phase::kVisible, &Piece::phase);
  const bool planted = std::ranges::count(state.pieces, Phase::kPlanted, &Piece::phase) > 0;
  result.is_open = result.left > 0 && (!planted || visible <= state.wishes.visible);
  return result;
}

/// The first in the order of the phases.
const Piece* next_piece(const HonestyState& state, const PieceLimits& limits, const ReadDuels& digests) {
  for (const Phase phase : kPhases) {
    if (!limits.phases.empty() && std::ranges::find(limits.phases, phase) == limits.phases.end()) continue;
    for (const Piece& piece : state.pieces) {
      if (piece.phase == phase && !digests.has(piece)) return &piece;
    }
  }
  return nullptr;
}

}  // namespace

double expected_s(const Piece& piece, const HonestyState& state, const std::map<std::uint64_t, BegunDuel>& begun) {
  std::vector<double> took;
  for (const Piece& other : state.pieces) {
    const auto found = begun.find(other.seed);
    const bool is_alike = other.phase == piece.phase && other.effect == piece.effect;
    if (is_alike && found != begun.end() && found->second.complete) took.push_back(found->second.wall_s);
  }
  if (!took.empty()) return median(took);
  const auto cases = piece.only.empty() ? kUsualCases : static_cast<int>(piece.only.size());
  const int kinds = piece.phase == Phase::kSame || piece.phase == Phase::kRelinked ? 1 : 2;
  return kPairS * kinds * piece.pairs * cases;
}

Progressed progress_of(const fs::path& folder, HonestyState& state) {
  ReadDuels digests(folder);
  plan(state, digests);
  return progressed(state, digests);
}

Progressed run_pieces(const fs::path& folder, HonestyState& state, const PieceLimits& limits, const PieceParts& parts) {
  ReadDuels digests(folder);
  const double began_s = parts.clock.now_s();
  for (;;) {
    if (plan(state, digests)) store_state(folder, state);
    const Piece* piece = next_piece(state, limits, digests);
    if (piece == nullptr) break;
    const double expected = expected_s(*piece, state, digests.begun());
    if (limits.seconds > 0.0 && parts.clock.now_s() - began_s + expected > limits.seconds) {
      parts.say(fmt::format("{} would take about {}: not begun in the time that is left", piece->name,
                            duration_text(expected)));
      break;
    }
    const auto begun = digests.begun().find(piece->seed);
    const bool is_new = begun == digests.begun().end();
    parts.say(fmt::format("{}{}, about {}", piece->name, is_new ? "" : " goes on", duration_text(expected)));
    if (!parts.measure(*piece, is_new ? std::nullopt : std::optional(begun->second.folder))) {
      digests.look();
      Progressed result = progressed(state, digests);
      result.interrupted = true;
      return result;
    }
    digests.look();
    if (!digests.has(*piece))
      throw Error(Exit::kFailed, fmt::format("{}: its duel came to no end; {} says why", piece->name, folder.string()));
  }
  return progressed(state, digests);
}

}  // namespace unitcost
