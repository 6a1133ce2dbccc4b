#pragma once
// results/honesty/<machine>/: state.json, reasons.json, and the duels beside them, each in a folder of its own.
#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <string>

#include "harness/honesty/piece.hpp"

namespace unitcost {

/// Nothing when there is none. Throws BadInput with the file.
std::optional<HonestyState> load_state(const std::filesystem::path& folder);
void store_state(const std::filesystem::path& folder, const HonestyState& state);

/// A duel that was begun for a piece.
struct BegunDuel {
  std::filesystem::path folder;
  bool complete = false;
  double wall_s = 0.0;
};

/// By the seed of the piece. Where one was begun twice: the complete one, else the later one. A folder whose duel.json cannot be read is none.
std::map<std::uint64_t, BegunDuel> begun_duels(const std::filesystem::path& folder);

/// Case key -> reason, from reasons.json; empty when there is none. Throws BadInput.
std::map<std::string, std::string> load_reasons(const std::filesystem::path& folder);

/// First 12 hex digits of a SHA-256 over every executable, module and script below `programs`.
std::string programs_digest(const std::filesystem::path& programs);

}  // namespace unitcost
