// A duel's folder: duel.json, pairs.jsonl, logs/, and while it runs the copy of A.
#include <set>
#include <tuple>

#include <fmt/format.h>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>

#include "harness/base/digest.hpp"
#include "harness/base/error.hpp"
#include "harness/base/files.hpp"
#include "harness/base/json.hpp"
#include "harness/duel/duel_record.hpp"

namespace unitcost {
namespace {

namespace fs = std::filesystem;

std::vector<Pair> parse_pairs(std::string_view text, const std::string& file) {
  std::vector<Pair> pairs;
  std::set<std::tuple<std::string, PairKind, int, int>> keys;
  for (int line = 1; !text.empty(); ++line) {
    const std::size_t end = text.find('\n');
    if (end == std::string_view::npos) break;  // torn: a power cut or kill -9
    const std::string where = fmt::format("{}:{}", file, line);
    try {
      pairs.push_back(pair_from_json(parse_json(text.substr(0, end), where)));
    } catch (const BadInput& error) {
      const std::string what = error.what();
      throw BadInput(what.starts_with(where) ? what : fmt::format("{}: {}", where, what));
    }
    const Pair& pair = pairs.back();
    if (!keys.emplace(pair.case_key, pair.kind, pair.round, pair.attempt).second) {
      throw BadInput(fmt::format("{}: pair ({}, {}, round {}, attempt {}) stands twice", where, pair.case_key,
                                 kind_text(pair.kind), pair.round, pair.attempt));
    }
    text.remove_prefix(end + 1);
  }
  return pairs;
}

std::string duel_id(const boost::json::value& record, std::string_view pairs) {
  boost::json::object content;
  for (const char* key : {"schema", "machine_id", "boot", "machine", "build", "absent", "a", "b", "plan"})
    content[key] = record.as_object().at(key);
  return sha256_hex(boost::json::serialize(content) + '\n' + std::string(pairs)).substr(0, 12);
}

}  // namespace

void store_duel(const fs::path& folder, const DuelRecord& record) {
  write_atomically(folder / "duel.json", boost::json::serialize(to_json(record)) + '\n');
}

LoadedDuel load_duel(const fs::path& folder) {
  std::error_code missing;
  LoadedDuel duel;
  duel.folder = fs::canonical(folder, missing);
  const auto text = missing ? std::nullopt : read_file(duel.folder / "duel.json");
  if (!text) throw BadInput(fmt::format("{}: has no duel.json that can be read, so it is not a duel", folder.string()));
  const std::string file = (duel.folder / "duel.json").string();
  const boost::json::value record = parse_json(*text, file);
  try {
    duel.record = duel_record_from_json(record);
  } catch (const BadInput& error) {
    throw BadInput(fmt::format("{}: {}", file, error.what()));
  }
  std::string pairs = read_file(duel.folder / "pairs.jsonl").value_or("");
  pairs.resize(pairs.rfind('\n') == std::string::npos ? 0 : pairs.rfind('\n') + 1);
  duel.pairs = parse_pairs(pairs, (duel.folder / "pairs.jsonl").string());
  duel.id = duel_id(record, pairs);
  return duel;
}

fs::path find_duel(const fs::path& results, const std::string& name) {
  for (const fs::path& candidate : {fs::path(name), results / name}) {
    if (is_there(candidate / "duel.json")) return fs::canonical(candidate);
  }
  throw BadInput(
      fmt::format("'{}' is no duel: neither a folder with duel.json, nor one under {}", name, results.string()));
}

}  // namespace unitcost
