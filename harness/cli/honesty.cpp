// unitcost honesty: what duels are worth on this machine, measured piece by piece.
#include <csignal>
#include <cstdio>
#include <memory>
#include <optional>

#include <fmt/format.h>

#include "harness/base/digest.hpp"
#include "harness/cli/commands.hpp"
#include "harness/duel/pair_cut.hpp"
#include "harness/honesty/findings.hpp"
#include "harness/honesty/measure_piece.hpp"
#include "harness/honesty/run_pieces.hpp"
#include "harness/honesty/table.hpp"
#include "harness/machine/facts.hpp"
#include "harness/plan/budget.hpp"
#include "harness/run/machine_lock.hpp"
#include "harness/store/run_folder.hpp"

namespace unitcost::cli {
namespace {

namespace fs = std::filesystem;

struct Options {
  fs::path programs;
  fs::path results;
  double minutes = 0.0;
  std::vector<std::string> phases;
  bool table = false;
  bool quiet = false;
  HonestyWishes wishes;
  bool sizes_given = false;
};

/// One key for all results of this machine, so that the folder here is called like the one of its runs.
void share_machine_key(const fs::path& results, const fs::path& honesty) {
  machine_key(results);
  std::error_code there;
  fs::copy_file(results / ".machine-key", honesty / ".machine-key", fs::copy_options::skip_existing, there);
}

/// results/honesty/<machine>, ready to be written.
fs::path writable_folder(const fs::path& results, const fs::path& honesty, const Site& site) {
  check_writable(honesty);
  share_machine_key(results, honesty);
  return honesty / machine_id(site.root, machine_key(honesty));
}

/// The same where nothing may be made. Without a key nothing was measured, and no machine is called as an empty key makes it.
fs::path readable_folder(const fs::path& results, const fs::path& honesty, const Site& site) {
  auto key = known_machine_key(honesty);
  if (!key) key = known_machine_key(results);
  return honesty / machine_id(site.root, key.value_or(""));
}

HonestyPlaces places_of(const Options& options, const Places& places, const Site& site) {
  const fs::path results = options.results.empty() ? places.results : options.results;
  HonestyPlaces found;
  found.programs = options.programs.empty() ? places.programs : options.programs;
  if (!found.programs.has_filename()) found.programs = found.programs.parent_path();
  if (!fs::is_directory(found.programs))
    throw BadInput(fmt::format("{}: there is no such folder of programs", found.programs.string()));
  found.planted = found.programs.parent_path() / "planted";
  found.scenarios = places.scenarios;
  found.results = results / "honesty";
  found.folder =
      options.table ? readable_folder(results, found.results, site) : writable_folder(results, found.results, site);
  return found;
}

/// Before anything there is read or written: a second `unitcost honesty` would plan other duels, and take away the programs that the first one measures.
MachineLock keep_others_out(const fs::path& folder, const Site& site) {
  std::error_code failed;
  fs::create_directories(folder, failed);
  return MachineLock(folder, site.root.read("/proc/sys/kernel/random/boot_id").value_or(""), site.clock.utc());
}

/// What was begun, or a new beginning.
HonestyState state_of(const Options& options, const HonestyPlaces& places) {
  const std::string programs = programs_digest(places.programs);
  auto state = load_state(places.folder);
  if (!state) {
    HonestyState fresh;
    fresh.seed = random_seed() >> 1U;
    fresh.programs = programs;
    fresh.cut = usual_cut_text();
    fresh.wishes = options.wishes;
    return fresh;
  }
  const std::string where = places.folder.string();
  if (!options.table && state->programs != programs) {
    throw BadInput(
        fmt::format("{}: was begun with other programs than {}; build what it was begun with, or move the "
                    "folder away to begin anew",
                    where, places.programs.string()));
  }
  if (!options.table && state->cut != usual_cut_text()) {
    throw BadInput(
        fmt::format("{}: its pairs are cut into {}, those of this harness into {}; measure with the harness that "
                    "began it, or move the folder away to begin anew",
                    where, state->cut.empty() ? "slices that are not noted" : state->cut, usual_cut_text()));
  }
  if (options.sizes_given && options.wishes != state->wishes)
    throw BadInput(
        fmt::format("{}: was begun with other sizes; leave the options out, or move the folder away", where));
  return *state;
}

std::string missed_text(const Honesty& honesty) {
  std::string text;
  for (const NumberReached& each : honesty.findings) {
    if (each.reached == Reached::kNo)
      text += fmt::format("missed: {} ({}; asked: {})\n", each.what, each.measured, each.asked);
  }
  return text;
}

Exit tell(const HonestyState& state, const Progressed& progressed, const HonestyPlaces& places) {
  const Honesty honesty = judge_honesty(state, progressed.done);
  fmt::print("{}", honesty_table(honesty, load_reasons(places.folder)));
  fmt::print(stderr, "{}", missed_text(honesty));
  if (progressed.interrupted) {
    fmt::print(stderr, "interrupted; what is measured is kept: the same command goes on\n");
    return Exit::kInterrupted;
  }
  if (progressed.left > 0 || state.pieces.empty()) {
    fmt::print(stderr, "{} of {} planned duels are done, about {} are left{}: the same command goes on\n",
               progressed.done.size(), state.pieces.size(), duration_text(progressed.left_s),
               progressed.is_open ? ", and those that are planned by what these show" : "");
    return Exit::kInconclusive;
  }
  Exit exit = Exit::kOk;
  for (const NumberReached& each : honesty.findings) {
    if (each.reached == Reached::kNo && exit == Exit::kOk) exit = Exit::kGateFailed;
    if (each.reached == Reached::kNotYet) {
      fmt::print(stderr, "not measured: {}\n", each.what);
      exit = Exit::kInconclusive;
    }
  }
  return exit;
}

Exit run(const Options& options, const Places& programs_places) {
  PieceLimits limits;
  limits.seconds = 60.0 * options.minutes;
  for (const std::string& phase : options.phases) limits.phases.push_back(phase_from_text(phase));
  Site site(programs_places.programs);
  const HonestyPlaces places = places_of(options, programs_places, site);
  std::optional<MachineLock> lock;
  if (!options.table) lock.emplace(keep_others_out(places.folder, site));
  HonestyState state = state_of(options, places);
  if (options.table) return tell(state, progress_of(places.folder, state), places);

  std::signal(SIGPIPE, SIG_IGN);  // whoever reads our progress may leave; the duels go on
  Progress progress(site.clock, options.quiet ? Progress::Style::kSilent : Progress::style_for(stderr), stderr);
  const auto say = [&](const std::string& line) { progress.say(line); };
  PieceMeasurer measurer(places, state.wishes, site, progress, say);
  const auto measure = [&](const Piece& piece, const std::optional<fs::path>& begun) {
    return measurer.measure(piece, begun);
  };
  const Progressed progressed = run_pieces(places.folder, state, limits, {measure, say, site.clock});
  progress.end();
  return tell(state, progressed, places);
}

}  // namespace

void add_honesty(CommandLine& line) {
  auto options = std::make_shared<Options>();
  HonestyWishes& wishes = options->wishes;
  Command command = line.command(
      "honesty",
      "Measure what duels are worth here: false alarms, planted delays, a load; long, and goes on where it stopped");
  command.option("a", options->programs, "Programs to measure (else those of this build)").type_name("A");
  command.option("--minutes", options->minutes, "Begin no duel that would last longer than this").positive();
  command.option("--only-phase", options->phases, "Only these: same, planted, visible, loaded, relinked")
      .type_name("PHASE");
  command.option("--results", options->results, "Folder for results; the duels lie in its honesty/").type_name("DIR");
  command.flag("--table", options->table, "Measure and write nothing: print what there is")
      .excludes({"--minutes", "--only-phase"});
  command.flag("--quiet", options->quiet, "No progress on standard error");
  const std::vector<Option> sizes{
      command.option("--duels", wishes.duels, "Of a build against its copy").between(1, 1000).shows_default(),
      command.option("--pairs", wishes.pairs, "Of each duel").between(1, 1000).shows_default(),
      command.option("--trials", wishes.trials, "Of each class of planted delays").between(1, 10000).shows_default(),
      command.option("--visible", wishes.visible, "Duels with the delay that is just seen")
          .between(0, 1000)
          .shows_default(),
      command.option("--loaded", wishes.loaded, "Duels beside a load").between(0, 1000).shows_default(),
      command.option("--layouts", wishes.layouts, "Link orders of relinked duels; 0: none of these")
          .between(0, 99)
          .shows_default(),
      command.option("--profile", wishes.profile, "Cases of this profile").shows_default(),
      command.option("--only", wishes.only, "Cases that begin so; several may be given").type_name("PREFIX")};
  command.footer(
      "Exit status: 0 every number is reached, 3 one is missed, 4 duels are missing. The sizes are for trying it out: "
      "they are kept with what was begun.");
  command.does([options, sizes](const Places& places) {
    for (const Option& size : sizes) options->sizes_given = options->sizes_given || size.was_given();
    return run(*options, places);
  });
}

}  // namespace unitcost::cli
