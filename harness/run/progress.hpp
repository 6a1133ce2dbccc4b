#pragma once
// Progress on standard error: one line that changes on a terminal, now and then a line elsewhere.
#include <cstdio>
#include <string>

#include "harness/base/clock.hpp"

namespace unitcost {

struct ProgressState {
  int round = 0;
  int rounds = 0;
  int done = 0;  ///< blocks or pairs of the part that is under way (round 0, or all counted rounds)
  int all = 0;
  int failed = 0;
  double left_s = 0.0;
  const char* what = "block";
};

class Progress {
 public:
  enum class Style { kSilent, kLines, kTerminal };

  Progress(const Clock& clock, Style style, std::FILE* out) : clock_(&clock), style_(style), out_(out) {}
  /// kTerminal on a terminal that can clear a line (TERM is not "dumb"), else kLines.
  static Style style_for(std::FILE* out);

  void show(const ProgressState& state);
  /// A line that stays, above the changing one.
  void say(const std::string& line);
  void end();

 private:
  const Clock* clock_;
  Style style_;
  std::FILE* out_;
  double shown_at_s_ = -1e9;
  int shown_round_ = -1;
  bool line_open_ = false;
};

}  // namespace unitcost
