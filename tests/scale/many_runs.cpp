#include "tests/scale/many_runs.hpp"

#include <algorithm>
#include <cmath>
#include <fstream>
#include <map>
#include <set>
#include <string>
#include <utility>

#include <fmt/format.h>
#include <boost/json/serialize.hpp>

#include "harness/base/error.hpp"
#include "harness/stats/random.hpp"

namespace unitcost {
namespace {

namespace fs = std::filesystem;

/// The blocks of a run like `pattern`, whose numbers differ by two per cent.
std::string blocks_text(const LoadedRun& pattern, std::uint64_t seed) {
  Random random(seed);
  std::string lines;
  int position = 0;
  for (int round = 0; round <= kScaleRounds; ++round) {
    for (Block block : pattern.blocks) {
      block.round = round;
      block.attempt = 1;
      block.position = position++;
      for (auto& [counter, values] : block.samples) {
        for (double& value : values) value *= std::exp(0.02 * random.normal());
      }
      lines += boost::json::serialize(to_json(block)) + '\n';
    }
  }
  return lines;
}

std::string record_text(const LoadedRun& pattern, int run) {
  RunRecord record = pattern.record;
  record.plan.seed = static_cast<std::uint64_t>(run) + 1;
  record.started_utc = fmt::format("2026-01-01T{:02}:{:02}:{:02}Z", run / 3600, run / 60 % 60, run % 60);
  return boost::json::serialize(to_json(record)) + '\n';
}

void write(const fs::path& file, const std::string& text) {
  std::ofstream out(file, std::ios::binary);
  out << text;
  out.close();
  if (!out) throw Error(Exit::kFailed, fmt::format("{}: cannot be written", file.string()));
}

}  // namespace

LoadedRun pattern_of(LoadedRun pattern, int cases) {
  std::map<std::string, Block> measured;
  for (Block& block : pattern.blocks) {
    if (block.outcome == Outcome::kMeasured && block.round > 0) measured.emplace(block.case_key, std::move(block));
  }
  Plan& plan = pattern.record.plan;
  std::erase_if(plan.cases, [&](const PlannedCase& planned) { return !measured.contains(planned.key); });
  if (plan.cases.size() < static_cast<std::size_t>(cases)) {
    throw BadInput(fmt::format("{}: measured {} cases only", pattern.folder.string(), plan.cases.size()));
  }
  plan.cases.resize(static_cast<std::size_t>(cases));
  plan.rounds = kScaleRounds;
  std::set<std::string> kept;
  pattern.blocks.clear();
  for (const PlannedCase& planned : plan.cases) {
    kept.insert(planned.key);
    pattern.blocks.push_back(measured.at(planned.key));
  }
  std::erase_if(plan.labels, [&](const LabelledCase& label) { return !kept.contains(label.key); });
  return pattern;
}

std::uintmax_t disk_bytes(const LoadedRun& pattern, int runs, int distinct) {
  return blocks_text(pattern, 1).size() * static_cast<std::uintmax_t>(distinct) +
         record_text(pattern, 0).size() * static_cast<std::uintmax_t>(runs);
}

ManyRuns make_runs(const LoadedRun& pattern, int runs, int distinct, const fs::path& into) {
  ManyRuns made;
  for (int run = 0; run < runs; ++run) {
    const fs::path folder = into / fmt::format("run-{:04}", run);
    fs::create_directories(folder);
    write(folder / "run.json", record_text(pattern, run));
    const fs::path blocks = folder / "blocks.jsonl";
    if (run < distinct) write(blocks, blocks_text(pattern, static_cast<std::uint64_t>(run) + 1));
    else fs::create_hard_link(made.folders[static_cast<std::size_t>(run % distinct)] / "blocks.jsonl", blocks);
    made.read_bytes += fs::file_size(folder / "run.json") + fs::file_size(blocks);
    made.folders.push_back(folder);
  }
  return made;
}

}  // namespace unitcost
