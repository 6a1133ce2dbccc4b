#include "harness/duel/build_sides.hpp"

#include <fmt/format.h>

#include "harness/base/error.hpp"
#include "harness/base/files.hpp"
#include "harness/run/child_io.hpp"

namespace unitcost {
namespace {

namespace fs = std::filesystem;

constexpr double kBuildTimeoutS = 3600.0;
constexpr std::size_t kMostSaid = 3000;

bool worked(const ChildResult& result) { return result.end.kind == ChildEnd::Kind::kExited && result.end.code == 0; }

ChildResult run(std::vector<std::string> command, const BuildParts& parts) {
  ChildRequest request;
  request.program = "/usr/bin/env";  // looks along the PATH
  request.arguments = std::move(command);
  request.environment = parts.environment;
  request.timeout_s = kBuildTimeoutS;
  ChildResult result = parts.processes.run(request);
  if (result.interrupted) throw Error(Exit::kInterrupted, "interrupted while building; nothing was measured");
  return result;
}

void build_step(const std::vector<std::string>& command, const std::string& what, const BuildParts& parts) {
  const ChildResult result = run(command, parts);
  if (worked(result)) return;
  throw Error(Exit::kFailed,
              fmt::format("{} failed: {}\n{}\n{}", what, fmt::join(command, " "),
                          last_lines(result.standard_output, kMostSaid), last_lines(result.standard_error, kMostSaid)));
}

std::string hash_of(const fs::path& tree, const std::string& commit, const BuildParts& parts) {
  const ChildResult result =
      run({"git", "-C", tree.string(), "rev-parse", "--verify", "--quiet", "--short=10", commit + "^{commit}"}, parts);
  std::string hash = result.standard_output;
  while (!hash.empty() && hash.back() == '\n') hash.pop_back();
  if (!worked(result) || hash.empty())
    throw BadInput(fmt::format("'{}' is no commit of the repository at {}", commit, tree.string()));
  return hash;
}

/// A worktree shares the repository; what the user has checked out is not touched.
void check_out(const fs::path& tree, const fs::path& source, const std::string& hash, const BuildParts& parts) {
  std::error_code ignored;
  fs::remove_all(source, ignored);
  run({"git", "-C", tree.string(), "worktree", "prune"}, parts);
  build_step({"git", "-C", tree.string(), "worktree", "add", "--detach", "--force", source.string(), hash},
             "the check-out", parts);
  if (fs::exists(tree / ".venv") && !fs::exists(source / ".venv")) fs::create_symlink(tree / ".venv", source / ".venv");
}

}  // namespace

BuiltSide build_commit(const fs::path& tree, const std::string& commit, const BuildParts& parts) {
  const std::string hash = hash_of(tree, commit, parts);
  const fs::path source = tree / "build" / "duel" / hash;
  const BuiltSide side{source / "build" / "bench" / "benchmarks", fmt::format("{} ({})", commit, hash)};
  const fs::path done = source / "build" / "built";
  if (fs::exists(done)) return side;
  parts.say(fmt::format("building {} in {}", side.name, source.string()));
  check_out(tree, source, hash, parts);
  const std::string build = (source / "build" / "bench").string();
  build_step({"cmake", "-S", source.string(), "-B", build, "-G", "Ninja", "-DCMAKE_BUILD_TYPE=RelWithDebInfo",
              "-DCMAKE_CXX_FLAGS_RELWITHDEBINFO=-O2 -g", "-DUNITCOST_TESTS=OFF"},
             "configuring", parts);
  build_step({"cmake", "--build", build, "--target", "benchmarks/all"}, "building", parts);
  write_atomically(done, hash + "\n");
  return side;
}

}  // namespace unitcost
