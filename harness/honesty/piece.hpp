#pragma once
// The long check of what duels are worth, in pieces: each is one duel, kept as any other, so that a killed one goes on.
#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include <boost/json/value.hpp>

namespace unitcost {

enum class Phase {
  kSame,      ///< a build against its own copy: whatever is found is false
  kPlanted,   ///< against a copy with a delay of known size, by the case's spread
  kVisible,   ///< against a copy with the delay that the duel before said it would just see
  kLoaded,    ///< against its copy, while a process competes for the CPU of side B alone
  kRelinked,  ///< a build against itself, either side of each pair in a link order drawn anew
};
/// In the order in which they are measured: the last needs a linker that others do without.
inline constexpr Phase kPhases[] = {Phase::kSame, Phase::kPlanted, Phase::kVisible, Phase::kLoaded, Phase::kRelinked};

const char* phase_text(Phase phase);  ///< "same", "planted", "visible", "loaded", "relinked"
/// Throws BadInput with the words that there are.
Phase phase_from_text(const std::string& text);

/// One duel.
struct Piece {
  std::string name;  ///< "same-07"
  Phase phase = Phase::kSame;
  std::uint64_t seed = 1;  ///< of the duel, and of no other piece: by it the duel's folder is found again
  int pairs = 20;
  double effect = 0.0;                   ///< of kPlanted: share that its cases are slower by
  std::vector<std::string> only;         ///< case keys; empty: those of the profile
  std::map<std::string, double> delays;  ///< case key -> share of its time that is planted into B
};

/// How much is asked. The defaults are what issue and method ask for.
struct HonestyWishes {
  std::string profile = "honesty";
  std::vector<std::string> only;
  int duels = 25;    ///< of a build against its copy, and as many relinked
  int pairs = 20;    ///< of each
  int trials = 100;  ///< of each class of planted delays: cases times duels
  int visible = 6;   ///< duels with the delay that is just seen
  int loaded = 3;    ///< duels beside a load
  int layouts = 8;   ///< link orders of which each pair of a relinked duel draws; 0: there are no such duels
  bool operator==(const HonestyWishes&) const = default;
};

/// state.json: what is asked and planned. What is done is seen from the duels' own folders.
struct HonestyState {
  int schema = 1;
  std::uint64_t seed = 1;
  std::string programs;  ///< digest of what is measured
  std::string cut;       ///< how pairs are cut, usual_cut_text() of the harness that began; empty: not noted
  HonestyWishes wishes;
  std::vector<Piece> pieces;
};

boost::json::value to_json(const HonestyState& state);
/// Throws BadInput that says what is missing or of the wrong type.
HonestyState honesty_state_from_json(const boost::json::value& value, const std::string& file);

}  // namespace unitcost
