#include "harness/store/load.hpp"

#include <algorithm>
#include <cstddef>
#include <filesystem>
#include <string_view>
#include <system_error>
#include <unordered_map>
#include <utility>

#include <fmt/format.h>

#include "harness/base/content_hash.hpp"
#include "harness/base/error.hpp"
#include "harness/base/files.hpp"
#include "harness/base/json.hpp"

namespace unitcost {
namespace {

constexpr int kMostRounds = 1000;  // as of a profile: memory for more is not asked for because a file says so

/// The long way, which knows what to say of a line that is wrong.
Block block_of_any_line(std::string_view line, const std::string& where, Keep keep) {
  try {
    Block block = block_from_json(parse_json(line, where));
    if (keep == Keep::kAll) return block;
    block.covariates = {};
    block.started_utc.clear();
    block.end.stderr_tail.clear();
    if (block.round < 1) block.samples.clear();
    return block;
  } catch (const BadInput& error) {
    const std::string what = error.what();
    throw BadInput(what.starts_with(where) ? what : fmt::format("{}: {}", where, what));
  }
}

[[noreturn]] void refuse_odd_round(int round, const std::string& where) {
  throw BadInput(fmt::format("{}: {} is no number of rounds: a run has {} at most", where, round, kMostRounds));
}

/// Which blocks of a run were met, by what no two of them are alike: case, round and attempt.
class MetBlocks {
 public:
  /// Whether it is the first of its kind.
  bool add(const Block& block) {
    const Turn turn{block.round, block.attempt};
    std::vector<Turn>& turns = by_case_[block.case_key];
    if (turns.empty()) turns.reserve(kLikelyTurns);
    const auto at = turns.empty() || turns.back() < turn ? turns.end() : std::ranges::lower_bound(turns, turn);
    if (at != turns.end() && *at == turn) return false;
    turns.insert(at, turn);
    return true;
  }

 private:
  static constexpr std::size_t kLikelyTurns = 12;
  using Turn = std::pair<int, int>;                             // round and attempt
  std::unordered_map<std::string, std::vector<Turn>> by_case_;  // sorted, as they nearly always come
};

/// Only a run that was stopped before its first block has no such file.
void refuse_lost_blocks(const std::filesystem::path& file, const RunRecord& record) {
  if (record.status != "complete" && !record.plan.frozen) return;
  std::error_code failed;
  if (std::filesystem::exists(std::filesystem::symlink_status(file, failed))) return;
  throw BadInput(
      fmt::format("{}: is missing, and the run did measure blocks: it was deleted or not copied along, and without it "
                  "nothing is known of what was measured",
                  file.string()));
}

}  // namespace

LoadedRun RunLoader::open(const std::filesystem::path& folder) {
  std::error_code missing;
  LoadedRun run;
  run.folder = std::filesystem::canonical(folder, missing);
  if (missing) throw BadInput(fmt::format("{}: there is no such run; `unitcost run` makes one", folder.string()));
  const auto text = read_file(run.folder / "run.json");
  if (!text) throw BadInput(fmt::format("{}: has no run.json that can be read, so it is not a run", folder.string()));
  const std::string file = (run.folder / "run.json").string();
  ReadRecord read = records_.read(*text, file);
  run.record = std::move(read.record);
  identity_ = std::move(read.identity);
  if (run.record.plan.rounds > kMostRounds) refuse_odd_round(run.record.plan.rounds, file + ": plan.rounds");
  return run;
}

void RunLoader::read_blocks(LoadedRun& run, Keep keep, const std::function<void(Block&)>& take) {
  const std::string file = (run.folder / "blocks.jsonl").string();
  ContentHash hash;
  hash.add(identity_);
  PlainLines plain_lines(keep);
  MetBlocks met;
  int line = 0;
  const auto where = [&] { return fmt::format("{}:{}", file, line); };
  const auto check_and_take = [&](Block& block) {
    if (block.round < 0 || block.round > kMostRounds) refuse_odd_round(block.round, where() + ": round");
    if (!met.add(block)) {
      throw BadInput(fmt::format("{}: block ({}, round {}, attempt {}) stands twice", where(), block.case_key,
                                 block.round, block.attempt));
    }
    take(block);
  };
  refuse_lost_blocks(file, run.record);
  lines_.open(file);
  for (std::string_view lines = lines_.next(); !lines.empty(); lines = lines_.next()) {
    hash.add(lines);
    while (!lines.empty()) {
      ++line;
      if (Block* plain = plain_lines.next_block(lines)) {
        check_and_take(*plain);
        continue;
      }
      const std::size_t end = lines.find('\n');
      Block other = block_of_any_line(lines.substr(0, end), where(), keep);
      check_and_take(other);
      lines.remove_prefix(end + 1);
    }
  }
  run.torn_tail = lines_.has_torn_tail();
  run.id = hash.hex().substr(0, 12);
}

LoadedRun RunLoader::load(const std::filesystem::path& folder, Keep keep) {
  LoadedRun run = open(folder);
  read_blocks(run, keep, [&](Block& block) { run.blocks.push_back(std::move(block)); });
  return run;
}

std::string why_no_blocks(const LoadedRun& run) {
  if (!run.blocks.empty()) return "";
  return run.record.status == "complete" ? "the run has no blocks: none of its cases could be started here"
                                         : "the run has no blocks: it was stopped before its first one";
}

LoadedRun load_run(const std::filesystem::path& folder, Keep keep) { return RunLoader().load(folder, keep); }

}  // namespace unitcost
