#include "harness/run/progress.hpp"

#include <unistd.h>

#include <cstdlib>
#include <string_view>

#include <fmt/format.h>

#include "harness/plan/budget.hpp"

namespace unitcost {
namespace {

constexpr double kTerminalEveryS = 0.5;  // drawing costs CPU time of the harness
constexpr double kLineEveryS = 30.0;

std::string text_of(const ProgressState& state) {
  std::string text = state.round == 0 ? "calibrating" : fmt::format("round {}/{}", state.round, state.rounds);
  text += fmt::format(" · {} {}/{} · {} left", state.round == 0 ? "block" : state.what, state.done, state.all,
                      duration_text(state.left_s));
  if (state.failed > 0) text += fmt::format(" · {} failed", state.failed);
  return text;
}

}  // namespace

Progress::Style Progress::style_for(std::FILE* out) {
  const char* term = std::getenv("TERM");
  const bool can_clear = isatty(fileno(out)) != 0 && term != nullptr && std::string_view(term) != "dumb";
  return can_clear ? Style::kTerminal : Style::kLines;
}

void Progress::show(const ProgressState& state) {
  if (style_ == Style::kSilent) return;
  const double now_s = clock_->now_s();
  const double every_s = style_ == Style::kTerminal ? kTerminalEveryS : kLineEveryS;
  const bool new_part = (state.round == 0) != (shown_round_ == 0);
  if (now_s - shown_at_s_ < every_s && !new_part) return;
  shown_at_s_ = now_s;
  shown_round_ = state.round;
  const std::string text = text_of(state);
  if (style_ == Style::kTerminal) {
    std::fprintf(out_, "\r%s\033[K", text.c_str());
    line_open_ = true;
  } else {
    std::fprintf(out_, "%s\n", text.c_str());
  }
  std::fflush(out_);
}

void Progress::say(const std::string& line) {
  end();
  if (style_ != Style::kSilent) std::fprintf(out_, "%s\n", line.c_str());
  std::fflush(out_);
}

void Progress::end() {
  if (line_open_) std::fprintf(out_, "\r\033[K");
  line_open_ = false;
}

}  // namespace unitcost
