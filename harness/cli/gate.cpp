// unitcost gate: may this change pass?
#include <filesystem>
#include <iostream>
#include <memory>
#include <optional>
#include <string>
#include <system_error>
#include <vector>

#include <fmt/format.h>

#include "harness/analyse/analyse.hpp"
#include "harness/base/clock.hpp"
#include "harness/base/files.hpp"
#include "harness/cli/commands.hpp"
#include "harness/cli/ledger.hpp"
#include "harness/cli/renderer.hpp"
#include "harness/cli/result_files.hpp"
#include "harness/compare/gate.hpp"
#include "harness/compare/gate_duel.hpp"

namespace unitcost::cli {
namespace {

constexpr const char* kDocument = "gate.json";  // in the folder of --report

struct Options {
  std::vector<std::string> runs;
  std::vector<std::string> baseline;
  std::vector<std::string> release;
  std::string duel;
  std::vector<std::string> vary;
  std::vector<std::string> counters;
  std::vector<std::string> only;
  std::string rules;
  std::string on_inconclusive = "fail";
  double margin_ratio = 0.0;  // 0: as the rules say
  std::string report;
  std::string results;
  bool json = false;
  ResultFiles files;
};

GateOptions gate_options(const Options& options) {
  GateOptions gate;
  if (!options.rules.empty()) {
    const auto text = read_file(options.rules);
    if (!text) throw BadInput(fmt::format("{}: the rules cannot be read", options.rules));
    gate.rules = parse_gate_rules(*text, options.rules);
  }
  if (options.margin_ratio > 0.0) gate.rules.margins.usual_ratio = options.margin_ratio;
  gate.vary = {options.vary.begin(), options.vary.end()};
  gate.pass_inconclusive = options.on_inconclusive == "pass";
  gate.today = SystemClock().utc().substr(0, 10);
  gate.only = options.only;
  return gate;
}

Gate gate_of_runs(const Options& options, const GateOptions& how, const Places& places) {
  const auto read = [&](const char* name, const std::vector<std::string>& paths) {
    return read_side(name, paths, places.results, options.counters, Claims::kJudge);
  };
  std::vector<Side> baselines{read("baseline", options.baseline)};
  if (!options.release.empty()) baselines.push_back(read("release", options.release));
  const Side fresh = read("new", options.runs);
  std::vector<const Side*> sides{&fresh};
  for (const Side& baseline : baselines) sides.push_back(&baseline);
  refuse_unknown_counters(sides, options.counters);
  return gate(baselines, fresh, how);
}

/// As everywhere else a duel may be named by its folder, or by its name under the results; here also by its analysis.
Gate gate_of_duel(const Options& options, const GateOptions& how, const Places& places) {
  namespace fs = std::filesystem;
  std::error_code failed;
  for (const fs::path& named : {fs::path(options.duel), places.results / options.duel}) {
    const fs::path file = fs::is_directory(named, failed) ? named / "duel-analysis.json" : named;
    const auto text = fs::is_regular_file(file, failed) ? read_file(file) : std::nullopt;
    if (text) return gate_duel(*text, file.string(), how);
  }
  throw BadInput(
      fmt::format("gate: '{}' holds no analysis of a duel that can be read, neither as a folder nor under {}; "
                  "`unitcost duel` writes one when it ends",
                  options.duel, places.results.string()));
}

void check_usage(const Options& options) {
  const bool names_runs = !options.runs.empty() || !options.baseline.empty() || !options.release.empty();
  if (!options.duel.empty() && names_runs) throw BadInput("gate: a duel holds both sides: name no runs beside --duel");
  if (!options.duel.empty() && (!options.vary.empty() || !options.counters.empty()))
    throw BadInput(
        "gate: --vary and --counter are for runs; a duel measures both sides on one machine and says what it compares");
  if (options.duel.empty() && (options.runs.empty() || options.baseline.empty()))
    throw BadInput(
        "gate: name the new runs and a baseline: unitcost gate NEW... --baseline OLD..., or a duel: unitcost gate "
        "--duel FOLDER" +
        swallowed_text({{"--only", options.only}, {"--counter", options.counters}, {"--vary", options.vary}}));
  options.files.check();
}

Gate gate_as_asked(const Options& options, const Places& places) {
  try {
    check_usage(options);
    const GateOptions how = gate_options(options);
    return options.duel.empty() ? gate_of_runs(options, how, places) : gate_of_duel(options, how, places);
  } catch (...) {
    options.files.remove_earlier("gate", options.report, kDocument);
    throw;
  }
}

Exit judge(const Options& options, const Places& places) {
  const Gate judged = gate_as_asked(options, places);
  const Results results = results_of(judged);
  options.files.write(results);
  const auto document = gate_json(judged);
  std::cout << (options.json ? analysis_text(document) : results_text(results, {terminal_of_stdout().colour}));
  std::cout.flush();
  if (!options.report.empty()) write_page(places, options.report, kDocument, document, "gate", options.json);
  if (!std::cout) throw Error(Exit::kFailed, "gate: standard output cannot be written");
  return judged.exit_status();
}

}  // namespace

void add_gate(CommandLine& line) {
  auto options = std::make_shared<Options>();
  Command command =
      line.command("gate", "Whether new runs are no worse than a baseline: 0 passed, 3 failed, 4 inconclusive");
  command.option("runs", options->runs, "The new runs, or a folder of them; at least three sessions");
  command.option("--baseline", options->baseline, "Runs to compare with, or a folder of them").type_name("RUN");
  command.option("--release", options->release, "A second baseline, as the last release: sees a creep in small steps")
      .type_name("RUN");
  command.option("--duel", options->duel, "Judge this duel instead of runs: its folder or name (latest-duel)")
      .type_name("DUEL");
  command.option("--rules", options->rules, "Margins and accepted changes (docs/ci.md)").type_name("FILE");
  command.option("--margin", options->margin_ratio, "How much worse a case may get, as a ratio (0.01)")
      .between(1e-6, 1.0);
  command.option("--vary", options->vary, "What is meant to differ: kernel, build, machine, or a fact by name")
      .type_name("WHAT");
  command.option("--on-inconclusive", options->on_inconclusive, "pass: status 0 instead of 4 when nothing can be told")
      .one_of({"pass", "fail"})
      .shows_default();
  command.option("--counter", options->counters, "Judge these counters instead of the one that a case is about")
      .type_name("NAME");
  command.option("--only", options->only, "Only cases that begin so").type_name("PREFIX");
  command.option("--report", options->report, "Write gate.json and a page with figures into this folder")
      .type_name("DIR");
  command.option("--results", options->results, "Folder in which runs and duels are looked for by name")
      .type_name("DIR");
  command.flag("--json", options->json, "As JSON (docs/formats.md, section 7)");
  options->files.add_options(command);
  command.does([options](const Places& places) { return judge(*options, places.with_results(options->results)); });
}

}  // namespace unitcost::cli
