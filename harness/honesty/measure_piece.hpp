#pragma once
// A piece as a duel: its wishes, its sides, new or taken up again.
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "harness/duel/measure_duel.hpp"
#include "harness/honesty/piece.hpp"
#include "harness/honesty/planted_sides.hpp"

namespace unitcost {

/// Where things lie.
struct HonestyPlaces {
  std::filesystem::path programs;  ///< what is measured
  std::filesystem::path planted;   ///< <build>/planted
  std::filesystem::path scenarios;
  std::filesystem::path results;  ///< results/honesty
  std::filesystem::path folder;   ///< results/honesty/<machine>
};

class PieceMeasurer {
 public:
  using Say = std::function<void(const std::string&)>;
  PieceMeasurer(HonestyPlaces places, HonestyWishes wishes, Site& site, Progress& progress, Say say);

  /// False when the user interrupted it. A begun duel that cannot be taken up (a reboot, another build) is begun anew, and left where it lies.
  bool measure(const Piece& piece, const std::optional<std::filesystem::path>& begun);

 private:
  DuelWishes wishes_for(const Piece& piece);
  PreparedDuel prepare(const DuelWishes& wishes, const std::optional<std::filesystem::path>& begun);

  HonestyPlaces places_;
  HonestyWishes asked_;
  Site& site_;
  Progress& progress_;
  Say say_;
  BuildSteps steps_;                     // that make link orders
  std::unique_ptr<PlantedSides> sides_;  // made when a piece first needs them
};

}  // namespace unitcost
