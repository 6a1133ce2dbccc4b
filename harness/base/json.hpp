#pragma once
// Strict reading of JSON that others may have written or cut off: small helpers over Boost.JSON, used by scenario, store and analysis.
#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <boost/json/value.hpp>

namespace unitcost {

/// Parses exactly one JSON text. `where` begins every message ("run.json", "blocks.jsonl:17"). Throws BadInput with the line and
/// column in the text. Refused besides what JSON itself refuses (NaN, Infinity, comments, trailing commas, broken UTF-8): a key
/// that stands twice in one object, a number beyond the range of double, more than 32 levels.
boost::json::value parse_json(std::string_view text, const std::string& where);

/// A value and the path that leads to it ("run.json: plan.cases[3].name"). A view: the value must outlive it.
/// Every getter throws BadInput "<path>: expected <type>, found <type>".
class JsonIn {
 public:
  JsonIn(const boost::json::value& value, std::string path) : value_(&value), path_(std::move(path)) {}

  [[nodiscard]] const boost::json::value& value() const { return *value_; }
  [[nodiscard]] const std::string& path() const { return path_; }
  [[nodiscard]] bool is_null() const { return value_->is_null(); }

  /// The member `key`; absent: throws "<path>: missing key 'key'". It may be null.
  [[nodiscard]] JsonIn at(std::string_view key) const;
  /// The member `key`, or nothing when it is absent or null.
  [[nodiscard]] std::optional<JsonIn> find(std::string_view key) const;
  /// Throws when the object has a key that is not among `known`, with the nearest of them.
  void only_keys(std::initializer_list<std::string_view> known) const;

  [[nodiscard]] std::string text() const;
  [[nodiscard]] bool boolean() const;
  /// An integer within the type's range; 3.0 is one, 3.5 is not.
  [[nodiscard]] std::int64_t integer() const;
  [[nodiscard]] std::uint64_t count() const;
  [[nodiscard]] int small_integer() const;
  [[nodiscard]] double number() const;
  [[nodiscard]] std::vector<JsonIn> items() const;
  [[nodiscard]] std::vector<std::pair<std::string, JsonIn>> entries() const;  ///< in the order of the text
  [[nodiscard]] std::vector<std::string> texts() const;
  [[nodiscard]] std::vector<double> numbers() const;
  [[nodiscard]] std::vector<int> small_integers() const;

 private:
  [[noreturn]] void refuse(std::string_view expected) const;

  const boost::json::value* value_;
  std::string path_;
};

/// "a text", "a number", …: what messages call the type of a value.
std::string_view json_type_name(const boost::json::value& value);

}  // namespace unitcost
