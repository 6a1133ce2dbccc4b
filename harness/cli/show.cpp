// unitcost show: a run as a terminal shows it: what it was, each case with its median, what failed.
#include <algorithm>
#include <cstdio>
#include <map>
#include <memory>
#include <string>

#include <fmt/format.h>
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>

#include "harness/cli/commands.hpp"
#include "harness/cli/run_summary.hpp"
#include "harness/machine/facts.hpp"
#include "harness/plan/budget.hpp"
#include "harness/store/load.hpp"
#include "harness/store/run_folder.hpp"

namespace unitcost::cli {
namespace {

namespace json = boost::json;

struct Options {
  std::string run = "latest";
  std::string results;
  bool json = false;
};

std::string fact(const Facts& facts, const std::string& name) {
  const auto found = facts.find(name);
  return found == facts.end() ? "unknown" : fact_text(found->second);
}

void print_head(const LoadedRun& run) {
  const RunRecord& record = run.record;
  fmt::print("run       {}{}\n", run.id, record.label.empty() ? "" : " · " + record.label);
  fmt::print("status    {}{}\n", record.status,
             record.status == "complete" ? "" : " (`unitcost run --resume` goes on)");
  fmt::print("machine   {} · {} CPUs · kernel {} · {}\n", fact(record.machine, "cpu_model"),
             fact(record.machine, "cpus"), fact(record.machine, "kernel"), record.machine_id);
  fmt::print("build     {} · {} · {}\n", fact(record.build, "commit"), fact(record.build, "compiler"),
             fact(record.build, "flags"));
  fmt::print("plan      profile {} · {} rounds · seed {} · {} cases\n", record.plan.profile, record.plan.rounds,
             record.plan.seed, record.plan.cases.size());
  fmt::print("time      {} to {} · {}\n", record.started_utc, record.ended_utc.empty() ? "?" : record.ended_utc,
             duration_text(record.wall_s));
  if (record.wall_s > 0) fmt::print("harness   {:.1f} % of the run\n", 100.0 * record.harness_cpu_s / record.wall_s);
  if (record.wall_s > 0 && record.memory_cpu_s > 0)
    fmt::print("memory    {:.1f} % of the run, to hold what the host would take back\n",
               100.0 * record.memory_cpu_s / record.wall_s);
  for (const std::string& warning : record.warnings) fmt::print("warning   {}\n", warning);
  if (const std::string none = why_no_blocks(run); !none.empty()) fmt::print("warning   {}\n", none);
  if (run.torn_tail) fmt::print("warning   the last line was cut off; --resume measures that block again\n");
}

void print_cases(const std::vector<CaseSummary>& cases) {
  std::size_t width = 10;
  for (const CaseSummary& summary : cases) width = std::max(width, summary.key.size());
  fmt::print("\n{:<{}}  {:>12}  {:<18}  {:>4}  {}\n", "case", width, "median", "of", "n", "notes");
  for (const CaseSummary& summary : cases) {
    if (summary.blocks == 0 || summary.counter.empty()) {
      fmt::print("{:<{}}  {:>12}  {:<18}  {:>4}  {}\n", summary.key, width, "-", "", summary.blocks, summary.note);
    } else {
      fmt::print("{:<{}}  {:>12.4g}  {:<18}  {:>4}  {}\n", summary.key, width, summary.median, summary.counter,
                 summary.blocks, summary.note);
    }
  }
}

json::value to_json(const LoadedRun& run, const std::vector<CaseSummary>& cases) {
  json::array rows;
  for (const CaseSummary& summary : cases) {
    rows.push_back(
        json::object{{"case", summary.key},
                     {"counter", summary.counter},
                     {"median", summary.counter.empty() ? json::value(nullptr) : json::value(summary.median)},
                     {"blocks", summary.blocks},
                     {"contaminated", summary.contaminated},
                     {"failed", summary.failed},
                     {"note", summary.note}});
  }
  return json::object{{"id", run.id},
                      {"folder", run.folder.string()},
                      {"status", run.record.status},
                      {"profile", run.record.plan.profile},
                      {"rounds", run.record.plan.rounds},
                      {"seed", run.record.plan.seed},
                      {"wall_s", run.record.wall_s},
                      {"harness_share", run.record.wall_s > 0 ? run.record.harness_cpu_s / run.record.wall_s : 0.0},
                      {"warnings", json::array(run.record.warnings.begin(), run.record.warnings.end())},
                      {"cases", std::move(rows)}};
}

Exit show(const Options& options, const Places& places) {
  const LoadedRun run = load_run(find_run(places.results, options.run));
  const auto cases = summarise(run.record.plan, run.blocks);
  if (options.json) {
    fmt::print("{}\n", json::serialize(to_json(run, cases)));
    return Exit::kOk;
  }
  print_head(run);
  print_cases(cases);
  return Exit::kOk;
}

}  // namespace

void add_show(CommandLine& line) {
  auto options = std::make_shared<Options>();
  Command command = line.command("show", "A run: its machine, its cases with their medians, what failed");
  command.option("run", options->run, "Run folder, or its name under the results folder").shows_default();
  command.option("--results", options->results, "Folder in which runs are looked for by name").type_name("DIR");
  command.flag("--json", options->json, "As JSON");
  command.does([options](const Places& places) { return show(*options, places.with_results(options->results)); });
}

}  // namespace unitcost::cli
