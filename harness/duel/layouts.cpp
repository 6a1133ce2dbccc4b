#include "harness/duel/layouts.hpp"

#include <unistd.h>

#include <fmt/format.h>

#include "harness/base/digest.hpp"
#include "harness/base/error.hpp"
#include "harness/base/files.hpp"
#include "harness/run/child_io.hpp"
#include "harness/run/outcome.hpp"

namespace unitcost {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kMostTail = 2000;

std::string missing_of(const LinkedSide& side, const fs::path& output) {
  for (const std::string& file : side.needed) {
    if (access((output / file).c_str(), R_OK) != 0) return file;
  }
  return "";
}

std::string printed(const ChildResult& ended) {
  const std::string tail = last_lines(ended.standard_output + ended.standard_error, kMostTail);
  return tail.empty() ? "It printed nothing." : "It printed:\n" + tail;
}

void relink(const LinkedSide& side, int order, const std::string& command, const fs::path& output, BuildSteps& steps) {
  fs::remove_all(output);
  fs::create_directories(output);
  const std::string what = fmt::format("the relink command for link order {} of {}", order, side.name);
  const BuildStep step{
      what,
      "/bin/sh",
      {"-c", command},
      {fmt::format("UNITCOST_SIDE={}", side.name == "A" ? "a" : "b"), fmt::format("UNITCOST_LAYOUT={}", order),
       fmt::format("UNITCOST_OUTPUT={}", output.string()), fmt::format("UNITCOST_ORIGINAL={}", side.place.string())},
      {}};
  const ChildResult ended = steps.attempt(step);
  if (ended.end.kind != ChildEnd::Kind::kExited || ended.end.code != 0) {
    throw Error(Exit::kFailed,
                fmt::format("{} failed: {}. {}", what, how_it_failed(ended.end, kBuildTimeoutS), printed(ended)));
  }
  if (const std::string missing = missing_of(side, output); !missing.empty()) {
    throw Error(Exit::kFailed, fmt::format("{} put no {} into UNITCOST_OUTPUT ({}), where the programs of this link "
                                           "order must be. {}",
                                           what, missing, output.string(), printed(ended)));
  }
}

}  // namespace

std::vector<fs::path> make_layouts(const LinkedSide& side, const LayoutWishes& wishes, BuildSteps& steps) {
  if (wishes.relink.empty()) return own_layouts(side, wishes.count, steps);
  const bool is_folder = fs::is_directory(side.place);
  std::vector<fs::path> places;
  for (int order = 1; order <= wishes.count; ++order) {
    const fs::path output = wishes.scratch / (side.name == "A" ? "a" : "b") / std::to_string(order);
    if (!wishes.may_reuse || !missing_of(side, output).empty()) {
      steps.say(fmt::format("link order {} of {} of {}", order, wishes.count, side.name));
      relink(side, order, wishes.relink, output, steps);
    }
    places.push_back(is_folder ? output : output / side.needed.front());
  }
  return places;
}

}  // namespace unitcost
