#include "harness/base/json.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <functional>
#include <limits>
#include <set>

#include <fmt/format.h>
#include <boost/json/array.hpp>
#include <boost/json/basic_parser_impl.hpp>
#include <boost/json/object.hpp>
#include <boost/json/string.hpp>
#include <boost/json/value_stack.hpp>

#include "harness/base/error.hpp"
#include "harness/base/nearest.hpp"

namespace unitcost {
namespace {

namespace json = boost::json;

constexpr std::size_t kDeepest = 32;

/// The keys of an object that is not closed yet.
class OpenObject {
 public:
  void clear() {
    letters_.clear();
    ends_.clear();
    many_.clear();
  }

  /// Whether `key` is new to it; then it is kept.
  bool add(std::string_view key) {
    if (ends_.size() == kFew) return many_.emplace(key).second && !is_among_few(key);
    if (is_among_few(key)) return false;
    letters_ += key;
    ends_.push_back(letters_.size());
    return true;
  }

 private:
  static constexpr std::size_t kFew = 32;  // to look through; an object with more of them has a tree for the rest

  [[nodiscard]] bool is_among_few(std::string_view key) const {
    std::size_t begin = 0;
    for (const std::size_t end : ends_) {
      if (std::string_view(letters_).substr(begin, end - begin) == key) return true;
      begin = end;
    }
    return false;
  }

  std::string letters_;
  std::vector<std::size_t> ends_;
  std::set<std::string, std::less<>> many_;
};

/// Builds the value, and stops at what Boost.JSON lets through: duplicate keys and numbers that overflow.
class Builder {
 public:
  static constexpr std::size_t max_object_size = json::object::max_size();
  static constexpr std::size_t max_array_size = json::array::max_size();
  static constexpr std::size_t max_key_size = json::string::max_size();
  static constexpr std::size_t max_string_size = json::string::max_size();

  Builder() { stack_.reset(); }
  [[nodiscard]] const std::string& complaint() const { return complaint_; }
  [[nodiscard]] json::value release() { return stack_.release(); }

  // The names and signatures are Boost's.
  bool on_document_begin(json::error_code&) { return true; }
  bool on_document_end(json::error_code&) { return true; }
  bool on_array_begin(json::error_code&) { return true; }
  bool on_array_end(std::size_t items, json::error_code&) {
    stack_.push_array(items);
    return true;
  }
  bool on_object_begin(json::error_code&) {
    if (open_ == objects_.size()) objects_.emplace_back();
    objects_[open_++].clear();
    return true;
  }
  bool on_object_end(std::size_t members, json::error_code&) {
    --open_;
    stack_.push_object(members);
    return true;
  }
  bool on_string_part(json::string_view part, std::size_t, json::error_code&) {
    stack_.push_chars(part);
    return true;
  }
  bool on_string(json::string_view part, std::size_t, json::error_code&) {
    stack_.push_string(part);
    return true;
  }
  bool on_key_part(json::string_view part, std::size_t, json::error_code&) {
    key_.append(part.data(), part.size());
    stack_.push_chars(part);
    return true;
  }
  bool on_key(json::string_view part, std::size_t, json::error_code& error) {
    key_.append(part.data(), part.size());
    if (!objects_[open_ - 1].add(key_)) return stop("the key '" + key_ + "' stands twice in one object", error);
    key_.clear();
    stack_.push_key(part);
    return true;
  }
  bool on_number_part(json::string_view, json::error_code&) { return true; }
  bool on_int64(std::int64_t number, json::string_view, json::error_code&) {
    stack_.push_int64(number);
    return true;
  }
  bool on_uint64(std::uint64_t number, json::string_view, json::error_code&) {
    stack_.push_uint64(number);
    return true;
  }
  bool on_double(double number, json::string_view, json::error_code& error) {
    stack_.push_double(number);
    return std::isfinite(number) || stop("a number is too large", error);
  }
  bool on_bool(bool boolean, json::error_code&) {
    stack_.push_bool(boolean);
    return true;
  }
  bool on_null(json::error_code&) {
    stack_.push_null();
    return true;
  }
  bool on_comment_part(json::string_view, json::error_code&) { return true; }
  bool on_comment(json::string_view, json::error_code&) { return true; }

 private:
  bool stop(std::string complaint, json::error_code& error) {
    complaint_ = std::move(complaint);
    error = json::make_error_code(json::error::syntax);
    return false;
  }

  json::value_stack stack_;
  std::vector<OpenObject> objects_;  // the first `open_` of them; the others keep their room for the next
  std::size_t open_ = 0;
  std::string key_;
  std::string complaint_;
};

/// "line 3, column 7" of an offset; columns count bytes.
std::string position_in(std::string_view text, std::size_t offset) {
  const std::string_view before = text.substr(0, std::min(offset, text.size()));
  const auto line = 1 + std::count(before.begin(), before.end(), '\n');
  const std::size_t newline = before.rfind('\n');
  const std::size_t column = newline == std::string_view::npos ? before.size() + 1 : before.size() - newline;
  return fmt::format("line {}, column {}", line, column);
}

}  // namespace

json::value parse_json(std::string_view text, const std::string& where) {
  json::parse_options options;
  options.max_depth = kDeepest;
  json::basic_parser<Builder> parser(options);
  json::error_code error;
  const std::size_t used = parser.write_some(false, text.data(), text.size(), error);
  if (!error && used < text.size()) {
    const std::size_t rest = text.find_first_not_of(" \t\r\n", used);
    if (rest != std::string_view::npos) {
      throw BadInput(fmt::format("{}: {}: more text behind the JSON value", where, position_in(text, rest)));
    }
  }
  if (!error) return parser.handler().release();
  const std::string& complaint = parser.handler().complaint();
  throw BadInput(fmt::format("{}: {}: not valid JSON: {}", where, position_in(text, used),
                             complaint.empty() ? error.message() : complaint));
}

std::string_view json_type_name(const json::value& value) {
  switch (value.kind()) {
    case json::kind::null:
      return "null";
    case json::kind::bool_:
      return "true or false";
    case json::kind::int64:
    case json::kind::uint64:
      return "an integer";
    case json::kind::double_:
      return "a number";
    case json::kind::string:
      return "a text";
    case json::kind::array:
      return "a list";
    case json::kind::object:
      return "an object";
  }
  return "nothing known";
}

void JsonIn::refuse(std::string_view expected) const {
  throw BadInput(fmt::format("{}: expected {}, found {}", path_, expected, json_type_name(*value_)));
}

std::optional<JsonIn> JsonIn::find(std::string_view key) const {
  const json::object* object = value_->if_object();
  if (object == nullptr) refuse("an object");
  const json::value* member = object->if_contains(json::string_view(key.data(), key.size()));
  if (member == nullptr || member->is_null()) return std::nullopt;
  return JsonIn(*member, fmt::format("{}.{}", path_, key));
}

JsonIn JsonIn::at(std::string_view key) const {
  const json::object* object = value_->if_object();
  if (object == nullptr) refuse("an object");
  const json::value* member = object->if_contains(json::string_view(key.data(), key.size()));
  if (member == nullptr) throw BadInput(fmt::format("{}: missing key '{}'", path_, key));
  return {*member, fmt::format("{}.{}", path_, key)};
}

void JsonIn::only_keys(std::initializer_list<std::string_view> known) const {
  const json::object* object = value_->if_object();
  if (object == nullptr) refuse("an object");
  for (const auto& member : *object) {
    const std::string_view key(member.key().data(), member.key().size());
    if (std::find(known.begin(), known.end(), key) != known.end()) continue;
    throw BadInput(
        fmt::format("{}: unknown key '{}'{}", path_, key, did_you_mean_or_known(key, {known.begin(), known.end()})));
  }
}

std::string JsonIn::text() const {
  const json::string* text = value_->if_string();
  if (text == nullptr) refuse("a text");
  return {text->data(), text->size()};
}

bool JsonIn::boolean() const {
  const bool* boolean = value_->if_bool();
  if (boolean == nullptr) refuse("true or false");
  return *boolean;
}

std::int64_t JsonIn::integer() const {
  if (const std::int64_t* integer = value_->if_int64()) return *integer;
  constexpr double kExact = 9007199254740992.0;  // 2^53: beyond it a double no longer says which integer was meant
  if (const double* number = value_->if_double()) {
    if (std::trunc(*number) == *number && std::abs(*number) <= kExact) return static_cast<std::int64_t>(*number);
  }
  refuse("an integer");
}

std::uint64_t JsonIn::count() const {
  if (const std::uint64_t* count = value_->if_uint64()) return *count;
  const std::int64_t signed_value = integer();
  if (signed_value < 0) refuse("an integer of at least 0");
  return static_cast<std::uint64_t>(signed_value);
}

int JsonIn::small_integer() const {
  const std::int64_t wide = integer();
  if (wide < std::numeric_limits<int>::min() || wide > std::numeric_limits<int>::max()) refuse("an integer of 32 bits");
  return static_cast<int>(wide);
}

double JsonIn::number() const {
  if (const double* number = value_->if_double()) return *number;
  if (const std::int64_t* number = value_->if_int64()) return static_cast<double>(*number);
  if (const std::uint64_t* number = value_->if_uint64()) return static_cast<double>(*number);
  refuse("a number");
}

std::vector<JsonIn> JsonIn::items() const {
  const json::array* array = value_->if_array();
  if (array == nullptr) refuse("a list");
  std::vector<JsonIn> result;
  result.reserve(array->size());
  for (std::size_t i = 0; i < array->size(); ++i) result.emplace_back((*array)[i], fmt::format("{}[{}]", path_, i));
  return result;
}

std::vector<std::pair<std::string, JsonIn>> JsonIn::entries() const {
  const json::object* object = value_->if_object();
  if (object == nullptr) refuse("an object");
  std::vector<std::pair<std::string, JsonIn>> result;
  result.reserve(object->size());
  for (const auto& member : *object) {
    std::string key(member.key().data(), member.key().size());
    std::string path = fmt::format("{}.{}", path_, key);
    result.emplace_back(std::move(key), JsonIn(member.value(), std::move(path)));
  }
  return result;
}

std::vector<std::string> JsonIn::texts() const {
  std::vector<std::string> result;
  for (const JsonIn& item : items()) result.push_back(item.text());
  return result;
}

std::vector<double> JsonIn::numbers() const {
  std::vector<double> result;
  for (const JsonIn& item : items()) result.push_back(item.number());
  return result;
}

std::vector<int> JsonIn::small_integers() const {
  std::vector<int> result;
  for (const JsonIn& item : items()) result.push_back(item.small_integer());
  return result;
}

}  // namespace unitcost
