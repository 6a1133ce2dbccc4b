#pragma once
// A line of blocks.jsonl in the very shape in which LinesFile writes it, read without a document in between. A comparison of a thousand runs
// reads three million lines, and a document of each, most of it covariates, is what such a comparison would spend its time on.
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "harness/store/block.hpp"

namespace unitcost {

/// How much of a block is kept. What is left out is checked all the same.
enum class Keep {
  kAll,
  kEvidence,  ///< without covariates, start and standard error, and without the samples of round 0: what estimates are made of
};

/// The block that block_from_json(parse_json(line)) gives, or nothing when the line is written in any other way than ours (blanks, another order,
/// escapes, letters beyond ASCII, long numbers) or is wrong: then the long way decides, and says why.
std::optional<Block> block_of_plain_line(std::string_view line, Keep keep);

/// The same of many lines, in one block that is filled again and again: most of the time would go into asking for its memory.
class PlainLines {
 public:
  explicit PlainLines(Keep keep) : keep_(keep) {}
  /// Null or a block that is good until the next line; it may be moved from.
  Block* block_of(std::string_view line);
  /// The same of the first of many lines, each with its newline; goes behind it. Null: stays where it is.
  Block* next_block(std::string_view& lines);

 private:
  Keep keep_;
  Block block_;
  std::vector<std::string> readings_;  // how they begin, one behind the other: all lines of a run have the same
  std::vector<double> numbers_;        // of one counter, before it is known whether they are kept
};

}  // namespace unitcost
