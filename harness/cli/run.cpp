// unitcost run: measures this machine.
#include <csignal>
#include <cstdio>
#include <filesystem>
#include <memory>
#include <string>

#include <fmt/format.h>
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>

#include "harness/base/digest.hpp"
#include "harness/base/error.hpp"
#include "harness/cli/commands.hpp"
#include "harness/cli/plan_text.hpp"
#include "harness/machine/noise.hpp"
#include "harness/run/measure.hpp"
#include "harness/store/run_folder.hpp"

namespace unitcost::cli {
namespace {

struct Options {
  RunWishes wishes;
  std::string resume;
  bool wants_resume = false;
  bool has_seed = false;
  bool dry_run = false;
  bool json = false;
  bool quiet = false;
};

void warn_of_load(const Site& site) {
  const auto noise = find_noise(site.root, site.topology, site.machine_facts());
  for (const Finding& finding : noise) {
    if (finding.name == "load") fmt::print(stderr, "warning: {}: {}\n", finding.state, finding.hint);
  }
}

void print_json(const RunEnd& end) {
  const boost::json::object object{{"run", end.folder.string()},
                                   {"status", end.interrupted.empty() ? "complete" : "interrupted"},
                                   {"blocks", end.blocks},
                                   {"failed", end.failed},
                                   {"contaminated", end.contaminated},
                                   {"repeated", end.repeated},
                                   {"wall_s", end.wall_s},
                                   {"harness_share", end.harness_share},
                                   {"memory_share", end.memory_share},
                                   {"warnings", boost::json::array(end.warnings.begin(), end.warnings.end())}};
  fmt::print("{}\n", boost::json::serialize(object));
}

/// The command that goes on with it.
std::string resume_text(const RunEnd& end, const std::filesystem::path& program) {
  std::string text = fmt::format("unitcost run --resume {}", end.folder.string());
  if (!program.empty()) text += fmt::format(" --program '{}'", program.string());
  return text;
}

void print_end(const RunEnd& end, const std::filesystem::path& program) {
  for (const std::string& warning : end.warnings) fmt::print(stderr, "warning: {}\n", warning);
  fmt::print(stderr, "{}\n", end_text(end));
  if (end.failed > 0)
    fmt::print(stderr, "what went wrong: unitcost show {}, and {}/logs\n", end.folder.string(), end.folder.string());
  if (!end.interrupted.empty()) {
    fmt::print(stderr, "interrupted by {}; finished blocks are kept: {} goes on\n", end.interrupted,
               resume_text(end, program));
  }
}

Exit run(const Options& options, const Places& places) {
  if (options.wants_resume && options.resume.empty()) throw BadInput("--resume: is empty; which run?");
  RunWishes wishes = options.wishes;
  wishes.scenarios = places.scenarios;
  if (wishes.results.empty()) wishes.results = places.results;
  if (!options.has_seed) wishes.seed = random_seed();
  Site site(places.programs);
  if (!options.dry_run) check_writable(wishes.results);
  PreparedRun prepared = options.wants_resume ? prepare_resumed(find_run(wishes.results, options.resume), wishes, site)
                                              : prepare_new(wishes, site);
  if (options.dry_run) {
    const std::string text =
        options.json ? boost::json::serialize(to_json(prepared.record.plan)) + '\n' : plan_text(prepared, true);
    std::fputs(text.c_str(), stdout);
    return Exit::kOk;
  }
  if (!options.quiet) std::fputs(plan_text(prepared, false).c_str(), stderr);
  refuse_full_disk(prepared, wishes.results);
  if (!options.quiet) warn_of_load(site);
  std::signal(SIGPIPE, SIG_IGN);  // whoever reads our progress may leave; the run goes on
  Progress progress(site.clock, options.quiet ? Progress::Style::kSilent : Progress::style_for(stderr), stderr);
  const RunEnd end = measure(std::move(prepared), wishes.results, site, progress);
  if (!options.quiet) print_end(end, options.wishes.program);
  if (options.json) print_json(end);
  else fmt::print("{}\n", end.folder.string());
  if (!end.interrupted.empty()) return Exit::kInterrupted;
  return end.failed > 0 ? Exit::kFailed : Exit::kOk;
}

}  // namespace

void add_run(CommandLine& line) {
  auto options = std::make_shared<Options>();
  Command command = line.command("run", "Measure this machine and store every block");
  command
      .option("--profile", options->wishes.profile,
              "Cases and rounds: quick, standard, full, or another of scenarios/profiles")
      .shows_default();
  command.option("--only", options->wishes.only, "Scenarios or cases that begin so; several may be given")
      .type_name("PREFIX");
  command.option("--results", options->wishes.results, "Folder for runs").type_name("DIR");
  const Option resume =
      command.option("--resume", options->resume, "Go on with a run that was interrupted (the latest)")
          .may_stand_alone("latest")
          .type_name("RUN");
  command.option("--program", options->wishes.program, "Any Google Benchmark executable, without a scenario")
      .type_name("PATH");
  const Option seed =
      command.option("--seed", options->wishes.seed, "Of everything drawn by lot (else drawn anew)").positive();
  command.option("--label", options->wishes.label, "A public name for this machine, stored in the run")
      .may_be_empty()
      .type_name("NAME");
  command.flag("--dry-run", options->dry_run, "Print the plan and measure nothing");
  command.flag("--json", options->json, "Print the result (with --dry-run: the plan) as JSON");
  command.flag("--quiet", options->quiet, "No plan and no progress on standard error");
  resume.excludes({"--profile", "--only", "--seed", "--label"});
  command.does([options, resume, seed](const Places& places) {
    options->wants_resume = resume.was_given();
    options->has_seed = seed.was_given();
    return run(*options, places);
  });
}

}  // namespace unitcost::cli
