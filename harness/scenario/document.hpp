#pragma once
// A parsed file as a plain tree with line numbers: what the readers of this folder work on, whether the text was TOML or JSON.
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include <boost/json/value.hpp>

namespace unitcost {

struct Entry;

/// One value. Only the member that belongs to `kind` is set. Numbers may be NaN or infinite; readers refuse that.
struct Node {
  enum class Kind { kText, kInteger, kNumber, kBoolean, kDate, kList, kTable };
  Kind kind = Kind::kTable;
  int line = 0;      ///< from 1; 0: not from a file
  std::string text;  ///< kText; of a kDate without a time of day "2026-01-31"
  std::int64_t integer = 0;
  double number = 0.0;
  bool boolean = false;
  std::vector<Node> items;     ///< kList
  std::vector<Entry> entries;  ///< kTable, in the order of the file
};

struct Entry {
  std::string key;
  int line = 0;
  Node value;
};

std::string_view kind_name(Node::Kind kind);  ///< "a text", "an integer", …

/// Throws BadInput "file:line:column: not valid TOML: …"; also for files over 1 MiB and for absurd nesting.
Node read_toml(std::string_view toml, const std::string& file);

/// The same tree from JSON; null members are left out. Throws BadInput that begins with `where`.
Node read_json(const boost::json::value& value, const std::string& where);

}  // namespace unitcost
