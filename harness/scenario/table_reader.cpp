#include "harness/scenario/table_reader.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "harness/base/nearest.hpp"
#include "harness/scenario/words.hpp"

namespace unitcost {
namespace {
const Node kEmptyTable;
}

TableReader::TableReader(const Node& table, std::string where, Faults& faults)
    : table_(&table), where_(std::move(where)), faults_(faults), line_(table.line) {
  if (table.kind == Node::Kind::kTable) return;
  faults_.add(line_, fmt::format("{}: expected a table, found {}", where_, kind_name(table.kind)));
  table_ = &kEmptyTable;
}

const Entry* TableReader::entry(std::string_view key) const {
  const auto found =
      std::find_if(table_->entries.begin(), table_->entries.end(), [key](const Entry& one) { return one.key == key; });
  return found == table_->entries.end() ? nullptr : &*found;
}

bool TableReader::has(std::string_view key) const { return entry(key) != nullptr; }

bool TableReader::knows(std::string_view key) const {
  return std::find(known_.begin(), known_.end(), key) != known_.end();
}

int TableReader::line_of(std::string_view key) const {
  const Entry* found = entry(key);
  return found != nullptr && found->line > 0 ? found->line : line_;
}

const Node* TableReader::any(std::string_view key) {
  if (!knows(key)) known_.emplace_back(key);
  const Entry* found = entry(key);
  return found == nullptr ? nullptr : &found->value;
}

const Node* TableReader::of_kind(std::string_view key, Node::Kind kind) {
  const Node* node = any(key);
  if (node == nullptr || node->kind == kind) return node;
  wrong_type(key, kind_name(kind), *node);
  return nullptr;
}

bool TableReader::require(std::string_view key) {
  if (any(key) != nullptr) return true;
  faults_.add(line_, fmt::format("missing key {} in {}", in_quotes(key), where_));
  return false;
}

void TableReader::fault(std::string_view key, const std::string& message) {
  faults_.add(line_of(key), fmt::format("{} in {}: {}", key, where_, message));
}

void TableReader::fault_here(const std::string& message) { faults_.add(line_, fmt::format("{}: {}", where_, message)); }

void TableReader::wrong_type(std::string_view key, std::string_view expected, const Node& found) {
  fault(key, fmt::format("expected {}, found {}", expected, kind_name(found.kind)));
}

std::optional<std::string> TableReader::text(std::string_view key) {
  const Node* node = of_kind(key, Node::Kind::kText);
  if (node == nullptr) return std::nullopt;
  if (node->text.find_first_not_of(" \t\r\n") == std::string::npos) {
    fault(key, "the text is empty");
    return std::nullopt;
  }
  return node->text;
}

std::optional<bool> TableReader::flag(std::string_view key) {
  const Node* node = of_kind(key, Node::Kind::kBoolean);
  return node == nullptr ? std::nullopt : std::optional(node->boolean);
}

std::optional<double> TableReader::number(std::string_view key) {
  const Node* node = any(key);
  if (node == nullptr) return std::nullopt;
  if (node->kind == Node::Kind::kInteger) return static_cast<double>(node->integer);
  if (node->kind != Node::Kind::kNumber) {
    wrong_type(key, "a number", *node);
    return std::nullopt;
  }
  if (!std::isfinite(node->number)) {
    fault(key, "the number must be finite");
    return std::nullopt;
  }
  return node->number;
}

std::optional<std::int64_t> TableReader::integer(std::string_view key, std::int64_t least, std::int64_t most) {
  const Node* node = of_kind(key, Node::Kind::kInteger);
  if (node == nullptr) return std::nullopt;
  if (node->integer < least || node->integer > most) {
    fault(key, fmt::format("{} is not between {} and {}", node->integer, least, most));
    return std::nullopt;
  }
  return node->integer;
}

int TableReader::small_integer(std::string_view key, int least, int most, int fallback) {
  return static_cast<int>(integer(key, least, most).value_or(fallback));
}

std::optional<std::uint64_t> TableReader::size(std::string_view key) {
  const Node* node = any(key);
  if (node == nullptr) return std::nullopt;
  if (node->kind == Node::Kind::kInteger) {
    if (node->integer >= 0) return static_cast<std::uint64_t>(node->integer);
    fault(key, fmt::format("{} is not a size", node->integer));
    return std::nullopt;
  }
  if (node->kind != Node::Kind::kText) {
    wrong_type(key, "a size as \"4KiB\"", *node);
    return std::nullopt;
  }
  const std::optional<std::uint64_t> bytes = size_in(node->text);
  if (!bytes)
    fault(key, fmt::format("{} is not a size; write it as \"4KiB\", \"8MiB\", \"1GiB\" or a number of bytes",
                           in_quotes(node->text)));
  return bytes;
}

std::vector<std::string> TableReader::texts(std::string_view key) {
  const Node* node = of_kind(key, Node::Kind::kList);
  if (node == nullptr) return {};
  std::vector<std::string> result;
  for (const Node& item : node->items) {
    if (item.kind == Node::Kind::kText && !item.text.empty()) {
      result.push_back(item.text);
    } else {
      fault(key, fmt::format("expected a list of texts, found {} in it",
                             item.kind == Node::Kind::kText ? "an empty text" : kind_name(item.kind)));
    }
  }
  return result;
}

Text TableReader::people_text(std::string_view key) {
  const Node* node = any(key);
  if (node == nullptr) return {};
  if (node->kind == Node::Kind::kText) {
    const std::optional<std::string> english = text(key);
    return english ? Text{{"en", *english}} : Text{};
  }
  if (node->kind != Node::Kind::kTable) {
    wrong_type(key, "a text or a table of texts by language", *node);
    return {};
  }
  Text result;
  for (const Entry& one : node->entries) {
    if (!is_language(one.key)) {
      fault(key, fmt::format("{} is not a language; write it as \"en\" or \"pt-BR\"", in_quotes(one.key)));
    } else if (one.value.kind != Node::Kind::kText || one.value.text.empty()) {
      fault(key, fmt::format("expected a text for language {}", in_quotes(one.key)));
    } else {
      result[one.key] = one.value.text;
    }
  }
  if (node->entries.empty()) fault(key, "no language in the table");
  return result;
}

std::string TableReader::one_of(std::string_view key, const std::vector<std::string>& choices,
                                const std::string& fallback) {
  const std::optional<std::string> word = text(key);
  if (!word) return fallback;
  if (std::find(choices.begin(), choices.end(), *word) != choices.end()) return *word;
  fault(key,
        fmt::format("{} is not one of {}{}", in_quotes(*word), fmt::join(choices, ", "), did_you_mean(*word, choices)));
  return fallback;
}

void TableReader::finish(const std::vector<std::string>& others) {
  std::vector<std::string> known = known_;
  known.insert(known.end(), others.begin(), others.end());
  for (const Entry& one : table_->entries) {
    if (std::find(known.begin(), known.end(), one.key) != known.end()) continue;
    faults_.add(one.line > 0 ? one.line : line_, fmt::format("unknown key {} in {}{}", in_quotes(one.key), where_,
                                                             did_you_mean_or_known(one.key, known)));
  }
}

}  // namespace unitcost
