#include "harness/store/load.hpp"

#include <cstddef>
#include <functional>
#include <unordered_set>
#include <utility>

#include <fmt/format.h>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>

#include "harness/base/digest.hpp"
#include "harness/base/error.hpp"
#include "harness/base/files.hpp"
#include "harness/base/json.hpp"

namespace unitcost {
namespace {

namespace json = boost::json;

constexpr int kMostRounds = 1000;  // as of a profile: memory for more is not asked for because a file says so

/// What a run is, apart from when it ended and how: plan, facts, scenarios and every block.
std::string run_id(const json::object& record, std::string_view blocks) {
  std::string content = "{";
  for (const char* key : {"schema", "machine_id", "boot", "machine", "build", "absent", "plan", "scenarios"}) {
    const json::value* value = record.if_contains(key);
    if (value == nullptr) continue;
    content += fmt::format("{}\"{}\":", content.size() == 1 ? "" : ",", key);
    content += json::serialize(*value);
  }
  content += "}\n";
  return sha256_hex_of({content, blocks}).substr(0, 12);
}

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

/// By what no two blocks of a run are alike.
struct BlockKey {
  std::string_view case_key;
  int round = 0;
  int attempt = 0;
  bool operator==(const BlockKey&) const = default;
};

struct BlockKeyHash {
  std::size_t operator()(const BlockKey& key) const {
    constexpr std::size_t kFewAttempts = 8;
    const auto number = static_cast<std::size_t>(key.round) * kFewAttempts + static_cast<std::size_t>(key.attempt);
    return std::hash<std::string_view>{}(key.case_key) + number * 0x9E3779B97F4A7C15U;
  }
};

std::size_t count_lines(std::string_view text) {
  std::size_t lines = 0;
  for (std::size_t at = text.find('\n'); at != std::string_view::npos; at = text.find('\n', at + 1)) ++lines;
  return lines;
}

std::vector<Block> parse_blocks(std::string_view text, const std::string& file, Keep keep) {
  const std::size_t lines = count_lines(text);
  std::vector<Block> blocks;
  blocks.reserve(lines);  // and never more: the keys look into the blocks
  std::unordered_set<BlockKey, BlockKeyHash> keys(lines);
  for (int line = 1; !text.empty(); ++line) {
    const std::size_t end = text.find('\n');
    const auto where = [&] { return fmt::format("{}:{}", file, line); };
    auto plain = block_of_plain_line(text.substr(0, end), keep);
    blocks.push_back(plain ? std::move(*plain) : block_of_any_line(text.substr(0, end), where(), keep));
    const Block& block = blocks.back();
    if (block.round < 0 || block.round > kMostRounds) refuse_odd_round(block.round, where() + ": round");
    if (!keys.insert({block.case_key, block.round, block.attempt}).second) {
      throw BadInput(fmt::format("{}: block ({}, round {}, attempt {}) stands twice", where(), block.case_key,
                                 block.round, block.attempt));
    }
    text.remove_prefix(end + 1);
  }
  return blocks;
}

/// A run that was stopped before its first block has no such file.
std::string blocks_text(const std::filesystem::path& file) {
  std::error_code failed;
  if (!std::filesystem::exists(std::filesystem::symlink_status(file, failed))) return "";
  auto text = read_file(file);
  if (!text) throw BadInput(fmt::format("{}: cannot be read; may you read it?", file.string()));
  return std::move(*text);
}

}  // namespace

LoadedRun load_run(const std::filesystem::path& folder, Keep keep) {
  std::error_code missing;
  LoadedRun run;
  run.folder = std::filesystem::canonical(folder, missing);
  if (missing) throw BadInput(fmt::format("{}: there is no such run; `unitcost run` makes one", folder.string()));
  const auto record_text = read_file(run.folder / "run.json");
  if (!record_text)
    throw BadInput(fmt::format("{}: has no run.json that can be read, so it is not a run", folder.string()));
  const std::string record_file = (run.folder / "run.json").string();
  const json::value record = parse_json(*record_text, record_file);
  try {
    run.record = run_record_from_json(record);
  } catch (const BadInput& error) {
    throw BadInput(fmt::format("{}: {}", record_file, error.what()));
  }
  if (run.record.plan.rounds > kMostRounds) refuse_odd_round(run.record.plan.rounds, record_file + ": plan.rounds");
  std::string blocks = blocks_text(run.folder / "blocks.jsonl");
  if (!blocks.empty() && blocks.back() != '\n') {
    run.torn_tail = true;
    const std::size_t newline = blocks.rfind('\n');
    blocks.resize(newline == std::string::npos ? 0 : newline + 1);
  }
  run.blocks = parse_blocks(blocks, (run.folder / "blocks.jsonl").string(), keep);
  run.id = run_id(record.as_object(), blocks);
  return run;
}

}  // namespace unitcost
