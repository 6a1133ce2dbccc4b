// unitcost compare: runs of several machines, kernels, builds or days against each other.
#include <algorithm>
#include <filesystem>
#include <iostream>
#include <memory>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "harness/analyse/analyse.hpp"
#include "harness/cli/commands.hpp"
#include "harness/cli/ledger.hpp"
#include "harness/cli/renderer.hpp"
#include "harness/cli/result_files.hpp"
#include "harness/compare/comparison_json.hpp"

namespace unitcost::cli {
namespace {

constexpr const char* kDocument = "comparison.json";  // in the folder of --report

struct Options {
  std::vector<std::string> paths;
  std::vector<std::string> a;
  std::vector<std::string> b;
  std::vector<std::string> counters;
  std::vector<std::string> only;
  double margin_ratio = kUsualMarginRatio;
  std::string report;
  std::string results;
  bool json = false;
  ResultFiles files;
};

std::string last_part(const std::string& path) {
  std::filesystem::path normal = std::filesystem::path(path).lexically_normal();
  if (!normal.has_filename()) normal = normal.parent_path();
  const std::string name = normal.filename().string();
  return name.empty() || name == "." ? path : name;
}

/// Pairs of sides: --a against --b, else the first path against each of the others.
std::vector<std::pair<Side, Side>> pairs_of(const Options& options, const Places& places) {
  const auto read = [&](const std::string& name, const std::vector<std::string>& paths) {
    return read_side(name, paths, places.results, options.counters,
                     options.files.junit.empty() ? Claims::kLeaveOut : Claims::kJudge);
  };
  std::vector<std::pair<Side, Side>> pairs;
  if (!options.a.empty()) {
    pairs.emplace_back(read("A", options.a), read("B", options.b));
    return pairs;
  }
  const std::string first_name = last_part(options.paths.front());
  const Side first = read(first_name, {options.paths.front()});
  for (std::size_t at = 1; at < options.paths.size(); ++at) {
    const std::string name = last_part(options.paths[at]);
    Side other = read(name == first_name ? fmt::format("{} ({})", name, at + 1) : name, {options.paths[at]});
    pairs.emplace_back(first, std::move(other));
  }
  return pairs;
}

void check_usage(const Options& options) {
  const bool has_sides = !options.a.empty() || !options.b.empty();
  if (has_sides && (options.a.empty() || options.b.empty()))
    throw BadInput("compare: --a needs --b, and --b needs --a");
  if (has_sides && !options.paths.empty())
    throw BadInput("compare: name the runs either behind --a and --b or without them, not both");
  if (!has_sides && options.paths.size() < 2) {
    throw BadInput("compare: two runs are the least: unitcost compare FIRST OTHER..., or --a RUN... --b RUN..." +
                   swallowed_text({{"--only", options.only}, {"--counter", options.counters}}));
  }
  options.files.check();
}

std::vector<Comparison> compare_as_asked(const Options& options, const Places& places) {
  try {
    check_usage(options);
    Margins margins;
    margins.usual_ratio = options.margin_ratio;
    std::vector<Comparison> comparisons;
    for (auto& [a, b] : pairs_of(options, places)) {
      refuse_shared_sessions(a, b);
      refuse_unknown_counters({&a, &b}, options.counters);
      comparisons.push_back(compare(std::move(a), std::move(b), margins, options.only));
    }
    return comparisons;
  } catch (...) {
    options.files.remove_earlier("compare", options.report, kDocument);
    throw;
  }
}

Exit compare_runs(const Options& options, const Places& places) {
  const std::vector<Comparison> comparisons = compare_as_asked(options, places);
  const Results results = results_of(comparisons);
  options.files.write(results);
  const auto document = comparisons_json(comparisons);
  std::cout << (options.json ? analysis_text(document) : results_text(results, {terminal_of_stdout().colour}));
  std::cout.flush();
  if (!options.report.empty()) write_page(places, options.report, kDocument, document, "compare", options.json);
  if (!std::cout) throw Error(Exit::kFailed, "compare: standard output cannot be written");
  if (std::ranges::all_of(comparisons, [](const Comparison& one) { return one.rows.empty(); }))
    throw BadInput(
        "compare: nothing in common to compare: no case has a value on both sides; the result says of each why");
  return Exit::kOk;
}

}  // namespace

void add_compare(CommandLine& line) {
  auto options = std::make_shared<Options>();
  Command command = line.command("compare", "Runs of machines, kernels, builds or days against each other");
  command.option("runs", options->paths,
                 "The reference, then what is compared with it: runs, folders of runs, or JSON of Google "
                 "Benchmark, pyperf, hyperfine");
  command.option("--a", options->a, "The runs of side A, the reference").type_name("RUN");
  command.option("--b", options->b, "The runs of side B").type_name("RUN");
  command.option("--counter", options->counters, "Compare these counters instead of the one that a case is about")
      .type_name("NAME");
  command.option("--only", options->only, "Only cases that begin so").type_name("PREFIX");
  command.option("--margin", options->margin_ratio, "What is no relevant change, as a ratio")
      .between(1e-6, 1.0)
      .shows_default();
  command.option("--report", options->report, "Write comparison.json and a page with figures into this folder")
      .type_name("DIR");
  command.option("--results", options->results, "Folder in which runs are looked for by name").type_name("DIR");
  command.flag("--json", options->json, "As JSON (docs/formats.md, section 7)");
  options->files.add_options(command);
  command.does(
      [options](const Places& places) { return compare_runs(*options, places.with_results(options->results)); });
}

}  // namespace unitcost::cli
