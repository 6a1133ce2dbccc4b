#pragma once
// A pair: one fresh process of either side, alive at the same time on the same CPUs. The unit of evidence of a comparison, one line of pairs.jsonl.
#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include <boost/json/value.hpp>

#include "harness/store/block.hpp"
#include "harness/store/block_json.hpp"

namespace unitcost {

enum class PairKind {
  kDuel,     ///< A against B
  kControl,  ///< A against a copy of A: what the machine alone makes of one and the same program
};

constexpr std::size_t kA = 0;
constexpr std::size_t kB = 1;  ///< of a control: the copy

struct Pair {
  std::string case_key;
  PairKind kind = PairKind::kDuel;
  int round = 1;
  int attempt = 1;   ///< 1 to 3
  int position = 0;  ///< in the order of execution
  std::string started_utc;
  std::size_t started_first = kA;
  std::size_t moved_first = kA;
  std::array<int, 2> layouts{0, 0};  ///< by side: which link order, from 1; 0: the programs as they were given
  Outcome outcome = Outcome::kMeasured;
  std::string reason;
  std::array<ChildEnd, 2> ends;  ///< by side
  std::int64_t iterations = 0;   ///< per slice
  std::array<Samples, 2>
      slices;             ///< by side, in the order in which it worked them: slice i of either side are neighbours
  Covariates covariates;  ///< of both processes together
  std::vector<std::string> contaminated;
};

const char* kind_text(PairKind kind);  ///< "duel", "control"

boost::json::value to_json(const Pair& pair);
/// Throws BadInput that says what is missing or of the wrong type.
Pair pair_from_json(const boost::json::value& value);

/// Median of log(B / A) over neighbouring slices; NaN when `counter` is missing, not positive, or the sides have different numbers of slices.
double log_ratio(const Pair& pair, const std::string& counter);

}  // namespace unitcost
