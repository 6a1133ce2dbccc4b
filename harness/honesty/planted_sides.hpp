#pragma once
// The two sides of a duel with something planted: folders of programs that are the same, byte by byte, and differ in a file beside each program that states
// what is planted (benchmarks/support/planted). One build serves every effect, and no other layout of the code comes in.
#include <filesystem>
#include <map>
#include <string>

#include "harness/honesty/piece.hpp"

namespace unitcost {

class PlantedSides {
 public:
  /// Makes <folder>/a and <folder>/b anew: copies of `programs` with those of `planted` (<build>/planted) in their places. Throws BadInput when there are none.
  PlantedSides(const std::filesystem::path& programs, const std::filesystem::path& planted,
               const std::filesystem::path& folder);
  ~PlantedSides();
  PlantedSides(const PlantedSides&) = delete;
  PlantedSides& operator=(const PlantedSides&) = delete;

  [[nodiscard]] std::filesystem::path a() const { return folder_ / "a"; }
  [[nodiscard]] std::filesystem::path b() const { return folder_ / "b"; }

  /// Writes the files for this piece and removes those of the one before: its delays into B; of kLoaded a load beside whatever runs as side B, the copy of A too.
  void plant(const Piece& piece) const;

 private:
  std::filesystem::path folder_;
};

}  // namespace unitcost
