#include "harness/duel/build_sides.hpp"

#include <unistd.h>

#include <fmt/format.h>

#include "harness/base/error.hpp"
#include "harness/base/files.hpp"
#include "harness/run/child_io.hpp"

namespace unitcost {
namespace {

namespace fs = std::filesystem;

const std::array<std::string, 2> kNames{"A", "B"};

std::string first_line(const std::string& text) { return text.substr(0, text.find('\n')); }

bool worked(const ChildResult& ended) { return ended.end.kind == ChildEnd::Kind::kExited && ended.end.code == 0; }

fs::path top_of_repository(BuildSteps& steps) {
  const ChildResult ended =
      steps.attempt({"looking for the repository", "git", {"rev-parse", "--show-toplevel"}, {}, {}});
  if (worked(ended)) return first_line(ended.standard_output);
  throw BadInput(fmt::format("--build compares revisions of the repository that the working folder lies in: {}",
                             last_lines(ended.standard_error, 400)));
}

std::string commit_of(const fs::path& top, const std::string& name, const std::string& revision, BuildSteps& steps) {
  const ChildResult ended = steps.attempt(
      {fmt::format("looking up {}", revision),
       "git",
       {"-C", top.string(), "rev-parse", "--verify", "--quiet", "--end-of-options", revision + "^{commit}"},
       {},
       {}});
  if (worked(ended)) return first_line(ended.standard_output);
  throw BadInput(fmt::format("{}: '{}' is no revision of the repository in {}; `git log --oneline --all` lists them",
                             name, revision, top.string()));
}

/// One commit and its folder.
struct Revision {
  std::string what;  ///< for messages
  std::string commit;
  fs::path top;
  fs::path folder;
  [[nodiscard]] fs::path source() const { return folder / "source"; }
  [[nodiscard]] fs::path build() const { return folder / "build"; }
  [[nodiscard]] fs::path log() const { return folder / "build.log"; }
};

/// An archive and no worktree: the repository then does not remember a folder that somebody deletes.
void take_out(const Revision& revision, BuildSteps& steps) {
  const std::string archive = revision.folder / "source.tar";
  const std::string source = revision.source();
  std::error_code ignored;
  fs::remove_all(source, ignored);
  fs::create_directories(source);
  steps.run({revision.what,
             "git",
             {"-C", revision.top.string(), "archive", "--format=tar", "-o", archive, revision.commit},
             {},
             revision.log()});
  steps.run({revision.what, "cmake", {"-E", "chdir", source, "cmake", "-E", "tar", "xf", archive}, {}, revision.log()});
  fs::remove(archive, ignored);
  write_atomically(revision.folder / "taken-out", revision.commit + "\n");
}

void build(const Revision& revision, BuildSteps& steps) {
  std::error_code failed;
  fs::create_directories(revision.folder, failed);
  if (failed) throw Error(Exit::kFailed, fmt::format("{}: {}", revision.folder.string(), failed.message()));
  fs::remove(revision.log(), failed);
  if (!read_file(revision.folder / "taken-out")) take_out(revision, steps);
  std::vector<std::string> configure{
      "--preset", "bench", "-S", revision.source(), "-B", revision.build(), "-DUNITCOST_TESTS=OFF"};
  // What was taken out has no .venv, without which there are no Python programs.
  const fs::path python = revision.top / ".venv" / "bin" / "python";
  if (access(python.c_str(), X_OK) == 0) configure.push_back("-DUNITCOST_PYTHON=" + python.string());
  steps.run({revision.what, "cmake", configure, {}, revision.log()});
  steps.run({revision.what, "cmake", {"--build", revision.build(), "--target", "benchmarks/all"}, {}, revision.log()});
  write_atomically(revision.folder / "built", revision.commit + "\n");
}

}  // namespace

std::array<BuiltSide, 2> build_sides(const std::array<std::string, 2>& revisions, BuildSteps& steps) {
  const fs::path top = top_of_repository(steps);
  std::array<BuiltSide, 2> sides;
  for (std::size_t side = 0; side < sides.size(); ++side) {
    if (!revisions.at(side).empty()) sides.at(side).commit = commit_of(top, kNames.at(side), revisions.at(side), steps);
  }
  for (std::size_t side = 0; side < sides.size(); ++side) {
    const std::string& commit = sides.at(side).commit;
    if (commit.empty()) continue;
    const Revision revision{
        fmt::format("building {} ({}, commit {})", kNames.at(side), revisions.at(side), commit.substr(0, 10)), commit,
        top, top / "build" / "revisions" / commit.substr(0, 12)};
    sides.at(side).programs = revision.build() / "benchmarks";
    if (read_file(revision.folder / "built") && fs::is_directory(sides.at(side).programs)) continue;
    steps.say(revision.what);
    build(revision, steps);
  }
  return sides;
}

}  // namespace unitcost
