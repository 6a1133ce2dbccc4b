#pragma once
// Where a user's relink command puts programs while their duel lasts: results/.relinked/<digest of command and sides>/.
#include <filesystem>
#include <string>

#include "harness/duel/measure_duel.hpp"

namespace unitcost {

/// The boot of a machine, by which a duel can be taken up again; both as its record has them.
struct BootOfMachine {
  std::string machine_id;
  std::string boot;
};

/// The same for the same command and sides, so that a duel that is taken up again finds what was made for it.
std::filesystem::path scratch_of(const DuelWishes& wishes);

/// Makes the folder, and writes into it in which boot that was.
void begin_scratch(const std::filesystem::path& scratch, const BootOfMachine& now);

/// Deletes what abandoned duels of earlier boots of this machine left under `results`: no duel is taken up again after a reboot. What other
/// machines left there, and what does not say whose it is, stays.
void remove_abandoned_scratch(const std::filesystem::path& results, const BootOfMachine& now);

}  // namespace unitcost
