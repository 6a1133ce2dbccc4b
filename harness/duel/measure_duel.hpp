#pragma once
// A duel from its wishes to its end: prepared new or taken up again, then measured.
#include <array>
#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "harness/duel/build_steps.hpp"
#include "harness/duel/duel_record.hpp"
#include "harness/run/progress.hpp"
#include "harness/run/site.hpp"

namespace unitcost {

struct DuelWishes {
  std::filesystem::path a;  ///< a folder of programs as in <build>/benchmarks, or one Google Benchmark executable
  std::filesystem::path b;  ///< the same; empty for a pilot
  std::array<std::string, 2> names{"A", "B"};
  bool pilot = false;
  std::string profile = "quick";
  std::vector<std::string> only;
  int pairs = 20;
  int layouts = 0;  ///< link orders a side; 0: layout is not tested. Of a duel that is taken up again: as it was begun
  std::string relink;  ///< a user's command that makes them; empty: the sides are builds of this project
  std::array<std::string, 2> commits;  ///< of sides that were built from revisions
  PairCut cut;
  std::uint64_t seed = 1;
  std::string label;
  std::filesystem::path scenarios;
  std::filesystem::path results;
};

/// Ready to be measured; nothing is on the disk of a new one yet.
struct PreparedDuel {
  DuelRecord record;
  Programs a;
  Programs b;                                    ///< of a pilot: A again, until its copy is there
  std::filesystem::path source;                  ///< what is copied for the null control
  std::filesystem::path folder;                  ///< empty: new
  std::vector<Pair> pairs;                       ///< of a duel that is taken up again
  std::string id;                                ///< the same: as it was when it was read
  std::array<std::vector<Programs>, 2> layouts;  ///< by side: in link order 1 …
  std::filesystem::path scratch;                 ///< of a user's relink command; goes when the duel is complete
};

struct DuelEnd {
  std::filesystem::path folder;
  std::string interrupted;  ///< by what; empty: it came to its end
  int pairs = 0;
  int failed = 0;        ///< pairs
  int failed_cases = 0;  ///< of which a side failed already in calibration
  int contaminated = 0;
  int repeated = 0;
  double wall_s = 0.0;
  std::vector<std::string> warnings;
};

/// Throws BadInput for whatever cannot be compared as asked, before anything is written to the results; with link orders these are made first, by `steps`.
PreparedDuel prepare_duel(const DuelWishes& wishes, Site& site, BuildSteps& steps);

/// Takes up `folder`. Throws BadInput with the reason when it is complete, or was begun with other programs, on another machine or before a reboot.
PreparedDuel prepare_resumed_duel(const std::filesystem::path& folder, const DuelWishes& wishes, Site& site,
                                  BuildSteps& steps);

/// Measures what is left. Throws BadInput when another duel or run measures, or went on with this one since it was prepared, and
/// Error when a pair cannot be stored; finished pairs are then intact.
DuelEnd measure_duel(PreparedDuel prepared, const std::filesystem::path& results, Site& site, Progress& progress);

}  // namespace unitcost
