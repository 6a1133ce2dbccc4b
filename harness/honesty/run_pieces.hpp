#pragma once
// One piece after the other, until all are done, the time is up or somebody interrupts.
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "harness/base/clock.hpp"
#include "harness/honesty/digest_duel.hpp"
#include "harness/honesty/honesty_folder.hpp"
#include "harness/honesty/schedule.hpp"

namespace unitcost {

struct PieceParts {
  /// Measures a piece, from the beginning or from where `begun` stopped. False when the user interrupted it.
  std::function<bool(const Piece&, const std::optional<std::filesystem::path>& begun)> measure;
  std::function<void(const std::string& line)> say;
  const Clock& clock;
};

struct PieceLimits {
  double seconds = 0.0;       ///< no piece is begun that would last longer; 0: no limit
  std::vector<Phase> phases;  ///< only these; empty: all
};

/// What there is and what is left.
struct Progressed {
  std::vector<DuelDigest> done;
  int left = 0;          ///< pieces that are planned
  double left_s = 0.0;   ///< of these, as the pieces before took
  bool is_open = false;  ///< there will be more, once those that are planned are done
  bool interrupted = false;
};

/// Reads the digests of the pieces that are done. `state` gets the pieces that can be planned; it is not stored.
Progressed progress_of(const std::filesystem::path& folder, HonestyState& state);

/// Measures what is left, and stores the state whenever pieces are planned.
Progressed run_pieces(const std::filesystem::path& folder, HonestyState& state, const PieceLimits& limits,
                      const PieceParts& parts);

/// As the pieces of its phase took so far, else by counting pairs.
double expected_s(const Piece& piece, const HonestyState& state, const std::map<std::uint64_t, BegunDuel>& begun);

}  // namespace unitcost
