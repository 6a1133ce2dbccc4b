#include "harness/store/load.hpp"

#include <set>
#include <tuple>

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

/// What a run is, apart from when it ended and how: plan, facts, scenarios and every block.
std::string run_id(const json::value& record, std::string_view blocks) {
  json::object content;
  const json::object& object = record.as_object();
  for (const char* key : {"schema", "machine_id", "boot", "machine", "build", "absent", "plan", "scenarios"}) {
    if (const json::value* value = object.if_contains(key)) content[key] = *value;
  }
  return sha256_hex(json::serialize(content) + '\n' + std::string(blocks)).substr(0, 12);
}

std::vector<Block> parse_blocks(std::string_view text, const std::string& file) {
  std::vector<Block> blocks;
  std::set<std::tuple<std::string, int, int>> keys;
  for (int line = 1; !text.empty(); ++line) {
    const std::size_t end = text.find('\n');
    const std::string where = fmt::format("{}:{}", file, line);
    try {
      blocks.push_back(block_from_json(parse_json(text.substr(0, end), where)));
    } catch (const BadInput& error) {
      const std::string what = error.what();
      throw BadInput(what.starts_with(where) ? what : fmt::format("{}: {}", where, what));
    }
    const Block& block = blocks.back();
    if (!keys.emplace(block.case_key, block.round, block.attempt).second) {
      throw BadInput(fmt::format("{}: block ({}, round {}, attempt {}) stands twice", where, block.case_key,
                                 block.round, block.attempt));
    }
    text.remove_prefix(end + 1);
  }
  return blocks;
}

}  // namespace

LoadedRun load_run(const std::filesystem::path& folder) {
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
  std::string blocks = read_file(run.folder / "blocks.jsonl").value_or("");
  if (!blocks.empty() && blocks.back() != '\n') {
    run.torn_tail = true;
    const std::size_t newline = blocks.rfind('\n');
    blocks.resize(newline == std::string::npos ? 0 : newline + 1);
  }
  run.blocks = parse_blocks(blocks, (run.folder / "blocks.jsonl").string());
  run.id = run_id(record, blocks);
  return run;
}

}  // namespace unitcost
