#pragma once
// Typed, strict access to one table. Every key that is asked for is a known key; what is left over at the end is a fault.
// A getter that finds the wrong type reports it and gives the fallback, so that reading goes on and finds the other faults.
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "harness/scenario/document.hpp"
#include "harness/scenario/faults.hpp"
#include "harness/scenario/scenario.hpp"

namespace unitcost {

class TableReader {
 public:
  /// `where` names the table in messages: "[run]", "metric of claim 'memory.l1'". A node that is no table is a fault and reads as empty.
  TableReader(const Node& table, std::string where, Faults& faults);

  [[nodiscard]] int line() const { return line_; }
  [[nodiscard]] int line_of(std::string_view key) const;  ///< of the key, or of the table when it is absent
  [[nodiscard]] const std::string& where() const { return where_; }
  [[nodiscard]] bool has(std::string_view key) const;    ///< does not make the key known
  [[nodiscard]] bool knows(std::string_view key) const;  ///< was asked for before

  /// The value, of any type; makes the key known.
  const Node* any(std::string_view key);
  const Node* of_kind(std::string_view key, Node::Kind kind);
  /// Reports "missing key" when absent.
  bool require(std::string_view key);

  std::optional<std::string> text(std::string_view key);
  std::optional<bool> flag(std::string_view key);
  std::optional<double> number(std::string_view key);  ///< finite
  /// Reports what lies outside of [least, most].
  std::optional<std::int64_t> integer(std::string_view key, std::int64_t least, std::int64_t most);
  int small_integer(std::string_view key, int least, int most, int fallback);
  std::optional<std::uint64_t> size(std::string_view key);  ///< "4KiB" or a count of bytes
  std::vector<std::string> texts(std::string_view key);
  Text people_text(std::string_view key);  ///< a text, or a table by language
  /// Reports a word that is not among `choices`, with the nearest of them; gives the fallback then.
  std::string one_of(std::string_view key, const std::vector<std::string>& choices, const std::string& fallback);

  /// Something about `key`: "<key> in <where>: <message>".
  void fault(std::string_view key, const std::string& message);
  /// Something about the table as a whole: "<where>: <message>".
  void fault_here(const std::string& message);
  /// Unknown keys. `others`: also known here (labels under [run]).
  void finish(const std::vector<std::string>& others = {});

 private:
  const Entry* entry(std::string_view key) const;
  void wrong_type(std::string_view key, std::string_view expected, const Node& found);

  const Node* table_;
  std::string where_;
  Faults& faults_;
  int line_;
  std::vector<std::string> known_;
};

}  // namespace unitcost
