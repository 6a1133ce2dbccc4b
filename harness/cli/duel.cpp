// unitcost duel: two builds or revisions on one machine, in pairs; with --pilot one against itself.
#include <csignal>
#include <cstdio>
#include <memory>

#include <fmt/format.h>
#include <boost/json/object.hpp>

#include "harness/analyse/analyse.hpp"
#include "harness/analyse/wording.hpp"
#include "harness/base/digest.hpp"
#include "harness/base/error.hpp"
#include "harness/base/files.hpp"
#include "harness/cli/commands.hpp"
#include "harness/duel/build_sides.hpp"
#include "harness/duel/duel_document.hpp"
#include "harness/duel/measure_duel.hpp"
#include "harness/run/machine_lock.hpp"
#include "harness/store/run_folder.hpp"

namespace unitcost::cli {
namespace {

struct Options {
  DuelWishes wishes;
  std::string resume;
  bool wants_resume = false;
  bool builds = false;  ///< the sides are revisions
  bool has_seed = false;
  bool json = false;
  bool quiet = false;
};

DuelWishes wishes_of(const Options& options, const Places& places) {
  if (options.wants_resume && options.resume.empty()) throw BadInput("--resume: is empty; which duel?");
  DuelWishes wishes = options.wishes;
  wishes.scenarios = places.scenarios;
  if (wishes.results.empty()) wishes.results = places.results;
  if (!options.has_seed) wishes.seed = random_seed();
  if (wishes.a.empty() && wishes.pilot && !options.builds) wishes.a = places.programs;
  if (wishes.a.empty() && options.wants_resume)
    throw BadInput("a duel is taken up with the sides that it was begun with: unitcost duel A B --resume DUEL");
  if (wishes.a.empty() || (wishes.b.empty() && !wishes.pilot && !options.wants_resume))
    throw BadInput(
        "a duel needs two sides: unitcost duel A B, or unitcost duel --pilot for one build against its copy");
  if (wishes.pilot && !wishes.b.empty()) throw BadInput("--pilot compares A with its own copy; it takes no B");
  if (!wishes.relink.empty() && wishes.layouts == 0 && !options.wants_resume)
    throw BadInput("--relink makes link orders: say how many with --layouts N");
  return wishes;
}

void build_revisions(DuelWishes& wishes, const Site& site, BuildSteps& steps) {
  // Nobody measures while this compiles.
  const MachineLock lock(lock_folder(), site.root.read("/proc/sys/kernel/random/boot_id").value_or(""),
                         site.clock.utc());
  const auto built = build_sides({wishes.a.string(), wishes.b.string()}, steps);
  wishes.a = built[kA].programs;
  wishes.b = built[kB].programs;
  wishes.commits = {built[kA].commit, built[kB].commit};
}

/// A side that ends with a slash has no file name.
void tidy(std::filesystem::path& path) {
  if (!path.empty() && !path.has_filename()) path = path.parent_path();
}

void print_end(const DuelEnd& end) {
  for (const std::string& warning : end.warnings) fmt::print(stderr, "warning: {}\n", warning);
  if (end.failed > 0) fmt::print(stderr, "{} failed: {}/logs\n", counted(end.failed, "pair"), end.folder.string());
  if (end.failed_cases > 0) {
    fmt::print(stderr, "{} failed before the first pair; why is in {}/duel-analysis.json\n",
               counted(end.failed_cases, "case"), end.folder.string());
  }
  if (!end.interrupted.empty()) {
    fmt::print(stderr, "interrupted by {}; finished pairs are kept: the same command with --resume {} goes on\n",
               end.interrupted, end.folder.string());
  } else {
    fmt::print(stderr, "a page with figures: unitcost report {}\n", end.folder.string());
  }
}

Exit run(const Options& options, const Places& places) {
  DuelWishes wishes = wishes_of(options, places);
  std::signal(SIGPIPE, SIG_IGN);  // whoever reads our progress may leave; the duel goes on
  Site site(places.programs);
  check_writable(wishes.results);
  Progress progress(site.clock, options.quiet ? Progress::Style::kSilent : Progress::style_for(stderr), stderr);
  BuildSteps steps(site.processes, site.environment, [&](const std::string& line) { progress.say(line); });
  if (options.builds) build_revisions(wishes, site, steps);
  tidy(wishes.a);
  tidy(wishes.b);
  PreparedDuel prepared = options.wants_resume
                              ? prepare_resumed_duel(find_duel(wishes.results, options.resume), wishes, site, steps)
                              : prepare_duel(wishes, site, steps);
  const DuelEnd end = measure_duel(std::move(prepared), wishes.results, site, progress);
  const boost::json::value document = duel_document(load_duel(end.folder));
  write_atomically(end.folder / "duel-analysis.json", analysis_text(document));
  if (!options.quiet) print_end(end);
  if (options.json) fmt::print("{}", analysis_text(document));
  else fmt::print("{}{}\n", duel_text(document), end.folder.string());
  if (!end.interrupted.empty()) return Exit::kInterrupted;
  return end.failed > 0 || end.failed_cases > 0 ? Exit::kFailed : Exit::kOk;
}

void add_cut(Command& command, PairCut& cut) {
  command.option("--slice-ms", cut.slice_ms, "Length of a slice (else 0.25, or 20 with threads)").between(0.1, 1000.0);
  command
      .option("--slices", cut.slices,
              "Slices of either side in a pair (else 120, or as many as fit into 0.13 s, 4 at least)")
      .between(1, 1000);
  command.option("--warm-up", cut.warm_up_share, "Share of a slice that is run unreported before each turn")
      .between(0.0, 10.0)
      .shows_default();
}

}  // namespace

void add_duel(CommandLine& line) {
  auto options = std::make_shared<Options>();
  DuelWishes& wishes = options->wishes;
  Command command = line.command("duel", "Compare two builds on this machine, in pairs that take turns");
  command.option("a", wishes.a, "Programs of the old build: a folder like <build>/benchmarks, or one executable")
      .type_name("A");
  command.option("b", wishes.b, "Programs of the new build").type_name("B");
  command.flag("--build", options->builds, "A and B are revisions of this repository: they are built first");
  command.flag("--pilot", wishes.pilot, "Measure how much pairs of A and its own copy scatter, and what that can show");
  command
      .option(
          "--layouts", wishes.layouts,
          "Link each side in so many orders, of which each pair draws one: what the place of code in memory does is "
          "then in the intervals")
      .between(2, 99)
      .type_name("N");
  command
      .option("--relink", wishes.relink,
              "Of programs that are no build of this project: run once for each side and order, it puts the programs "
              "into $UNITCOST_OUTPUT, linked in order $UNITCOST_LAYOUT")
      .type_name("COMMAND");
  command.option("--pairs", wishes.pairs, "Pairs a case; a gate asks for 16").between(1, 1000).shows_default();
  command.option("--profile", wishes.profile, "Cases of this profile").shows_default();
  command.option("--only", wishes.only, "Scenarios or cases that begin so; several may be given").type_name("PREFIX");
  command.option("--results", wishes.results, "Folder for duels").type_name("DIR");
  const Option resume =
      command.option("--resume", options->resume, "Go on with a duel that was interrupted (the latest)")
          .may_stand_alone("latest-duel")
          .type_name("DUEL");
  const Option seed = command.option("--seed", wishes.seed, "Of everything drawn by lot (else drawn anew)").positive();
  command.option("--label", wishes.label, "A public name for this machine").may_be_empty().type_name("NAME");
  add_cut(command, wishes.cut);
  command.flag("--json", options->json, "Print duel-analysis.json");
  command.flag("--quiet", options->quiet, "No progress on standard error");
  resume.excludes(
      {"--profile", "--only", "--seed", "--pairs", "--layouts", "--label", "--slices", "--slice-ms", "--warm-up"});
  command.does([options, resume, seed](const Places& places) {
    options->wants_resume = resume.was_given();
    options->has_seed = seed.was_given();
    return run(*options, places);
  });
}

}  // namespace unitcost::cli
