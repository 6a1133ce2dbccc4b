// unitcost merge: runs of many machines into one folder.
#include <algorithm>
#include <iostream>
#include <memory>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>

#include "harness/cli/commands.hpp"
#include "harness/compare/sources.hpp"
#include "harness/store/merge.hpp"

namespace unitcost::cli {
namespace {

namespace json = boost::json;
using What = MergedRun::What;

struct Options {
  std::vector<std::string> from;
  std::string into;
  std::string results;
  bool json = false;
};

const char* word_of(What what) {
  switch (what) {
    case What::kCopied:
      return "copied";
    case What::kThere:
      return "there";
    case What::kOlder:
      return "older";
    case What::kAdvanced:
      return "advanced";
    case What::kConflict:
      return "conflict";
  }
  return "";
}

json::object to_json(const Merged& merged) {
  json::array runs;
  for (const MergedRun& run : merged.runs)
    runs.push_back(json::object{{"what", word_of(run.what)}, {"from", run.from.string()}, {"to", run.to.string()}});
  json::array machines;
  for (const MergedMachine& machine : merged.machines) {
    machines.push_back(json::object{{"machine_id", machine.machine_id},
                                    {"label", machine.label},
                                    {"runs", machine.runs},
                                    {"newest_utc", machine.newest_utc},
                                    {"newest_commit", machine.newest_commit}});
  }
  return {{"runs", std::move(runs)},
          {"machines", std::move(machines)},
          {"newest_commit", merged.newest_commit},
          {"missing", json::array(merged.missing.begin(), merged.missing.end())}};
}

std::string merged_text(const Merged& merged) {
  std::string text;
  for (const MergedRun& run : merged.runs) {
    if (run.what == What::kThere) continue;
    text += fmt::format("{:<9} {} -> {}\n", word_of(run.what), run.from.string(), run.to.string());
  }
  const auto there = std::ranges::count(merged.runs, What::kThere, &MergedRun::what);
  text += fmt::format("{} runs read, {} of them were there\n", merged.runs.size(), there);
  for (const MergedMachine& machine : merged.machines) {
    text += fmt::format("machine {}{}: {} run{}, the newest of {} at {}\n", machine.machine_id,
                        machine.label.empty() ? "" : " (" + machine.label + ")", machine.runs,
                        machine.runs == 1 ? "" : "s", machine.newest_commit, machine.newest_utc);
  }
  for (const std::string& id : merged.missing)
    text += fmt::format("missing: machine {} has no run of commit {}\n", id, merged.newest_commit);
  return text;
}

Exit merge(const Options& options, const Places& places) {
  std::vector<std::filesystem::path> runs;
  for (const std::string& name : options.from) {
    for (const auto& folder : find_sessions(name, places.results)) {
      if (!std::filesystem::is_directory(folder))
        throw BadInput(fmt::format("{}: is no run; merge takes runs of unitcost", folder.string()));
      runs.push_back(folder);
    }
  }
  const Merged merged = merge_runs(runs, options.into);
  std::cout << (options.json ? json::serialize(to_json(merged)) + "\n" : merged_text(merged)) << std::flush;
  if (!std::cout) throw Error(Exit::kFailed, "merge: standard output cannot be written");
  const auto conflict = std::ranges::find(merged.runs, What::kConflict, &MergedRun::what);
  if (conflict != merged.runs.end()) {
    throw BadInput(fmt::format(
        "merge: {} and {} began as the same run and hold different blocks; nothing of the first was copied. One of the "
        "two was changed: keep the one you trust",
        conflict->from.string(), conflict->to.string()));
  }
  return Exit::kOk;
}

}  // namespace

void add_merge(CommandLine& line) {
  auto options = std::make_shared<Options>();
  Command command = line.command("merge", "Runs of many machines into one folder, each once");
  command.option("runs", options->from, "Runs, or folders of runs").required();
  command.option("--into", options->into, "The folder that takes them").required().type_name("DIR");
  command.option("--results", options->results, "Folder in which runs are looked for by name").type_name("DIR");
  command.flag("--json", options->json, "As JSON");
  command.does([options](const Places& places) { return merge(*options, places.with_results(options->results)); });
}

}  // namespace unitcost::cli
