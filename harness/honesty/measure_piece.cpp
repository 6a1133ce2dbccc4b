#include "harness/honesty/measure_piece.hpp"

#include <fmt/format.h>

#include "harness/analyse/analyse.hpp"
#include "harness/base/error.hpp"
#include "harness/base/files.hpp"
#include "harness/duel/duel_document.hpp"

namespace unitcost {

PieceMeasurer::PieceMeasurer(HonestyPlaces places, HonestyWishes wishes, Site& site, Progress& progress, Say say)
    : places_(std::move(places)),
      asked_(std::move(wishes)),
      site_(site),
      progress_(progress),
      say_(std::move(say)),
      steps_(site.processes, site.environment, say_) {}

DuelWishes PieceMeasurer::wishes_for(const Piece& piece) {
  DuelWishes wishes;
  wishes.pairs = piece.pairs;
  wishes.seed = piece.seed;
  wishes.only = piece.only;
  wishes.profile = asked_.profile;
  wishes.scenarios = places_.scenarios;
  wishes.results = places_.results;
  wishes.pilot = piece.phase == Phase::kSame || piece.phase == Phase::kRelinked;
  if (wishes.pilot) {
    wishes.a = places_.programs;
    wishes.layouts = piece.phase == Phase::kRelinked ? asked_.layouts : 0;
    return wishes;
  }
  if (!sides_) sides_ = std::make_unique<PlantedSides>(places_.programs, places_.planted, places_.folder / "sides");
  sides_->plant(piece);
  wishes.a = sides_->a();
  wishes.b = sides_->b();
  return wishes;
}

PreparedDuel PieceMeasurer::prepare(const DuelWishes& wishes, const std::optional<std::filesystem::path>& begun) {
  if (begun) {
    try {
      return prepare_resumed_duel(*begun, wishes, site_, steps_);
    } catch (const BadInput& reason) {
      say_(fmt::format("begun anew: {}", reason.what()));
    }
  }
  return prepare_duel(wishes, site_, steps_);
}

bool PieceMeasurer::measure(const Piece& piece, const std::optional<std::filesystem::path>& begun) {
  const DuelWishes wishes = wishes_for(piece);
  const DuelEnd end = measure_duel(prepare(wishes, begun), places_.results, site_, progress_);
  write_atomically(end.folder / "duel-analysis.json", analysis_text(duel_document(load_duel(end.folder))));
  if (end.failed > 0) say_(fmt::format("{}: {} pairs failed: {}/logs", piece.name, end.failed, end.folder.string()));
  return end.interrupted.empty();
}

}  // namespace unitcost
