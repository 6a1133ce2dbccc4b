#include "harness/store/plain_line.hpp"

#include <algorithm>
#include <cstddef>
#include <limits>
#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "harness/store/block_json.hpp"
#include "harness/store/plain_text.hpp"

namespace unitcost {
namespace {

/// Reads the fields in the order of to_json(Block). Whatever returns false has met something that is not as we write it.
class PlainLine {
 public:
  PlainLine(std::string_view text, Keep keep, std::vector<std::string>& readings, std::vector<double>& numbers)
      : text_(text), keeps_all_(keep == Keep::kAll), readings_(readings), numbers_(numbers) {}

  /// Fills the block, whatever was in it, and says whether the text begins with one.
  bool fill(Block& block) {
    return identity(block) && ending(block) && samples(block) && covariates(block.covariates) &&
           contaminated(block.contaminated) && text_.take('}');
  }

  /// What stands behind the block.
  [[nodiscard]] std::string_view rest() const { return text_.rest(); }

 private:
  bool text(std::string_view before, std::string& into) {
    const auto found = text_.take(before) ? text_.text() : std::nullopt;
    if (found) into = *found;
    return found.has_value();
  }

  /// The same of a text that only the whole block has.
  bool label(std::string_view before, std::string& into) {
    const auto found = text_.take(before) ? text_.text() : std::nullopt;
    if (found && keeps_all_) into = *found;
    return found.has_value();
  }

  bool small_integer(std::string_view before, int& into) {
    const auto found = text_.take(before) ? text_.integer() : std::nullopt;
    if (!found || *found < std::numeric_limits<int>::min() || *found > std::numeric_limits<int>::max()) return false;
    into = static_cast<int>(*found);
    return true;
  }

  bool identity(Block& block) {
    if (!text(R"({"case":)", block.case_key) || !small_integer(R"(,"round":)", block.round) ||
        !small_integer(R"(,"attempt":)", block.attempt) || !small_integer(R"(,"position":)", block.position) ||
        !label(R"(,"started_utc":)", block.started_utc))
      return false;
    const auto word = text_.take(R"(,"outcome":)") ? text_.text() : std::nullopt;
    const auto outcome = word ? outcome_named(*word) : std::nullopt;
    if (!outcome) return false;
    block.outcome = *outcome;
    return text(R"(,"reason":)", block.reason);
  }

  bool ending(Block& block) {
    const auto word = text_.take(R"(,"end":{"kind":)") ? text_.text() : std::nullopt;
    const auto kind = word ? end_named(*word) : std::nullopt;
    if (!kind || !small_integer(R"(,"code":)", block.end.code) || !label(R"(,"stderr_tail":)", block.end.stderr_tail) ||
        !text_.take(R"(},"iterations":)"))
      return false;
    block.end.kind = *kind;
    const auto iterations = text_.integer();
    block.iterations = iterations.value_or(0);
    return iterations.has_value();
  }

  /// A key behind all that came before it, as a map writes them: then none stands twice.
  std::optional<std::string_view> next_key(std::string_view before) {
    const auto key = text_.text();
    return key && *key > before && text_.take(':') ? key : std::nullopt;
  }

  bool samples(Block& block) {
    const bool is_kept = keeps_all_ || block.round > 0;  // no estimate reads round 0
    if (!text_.take(R"(,"samples":{)")) return false;
    Samples& into = block.samples;
    Samples old;               // what is left of another line, for its memory
    auto next = into.begin();  // neighbours often have the same counters
    if (!text_.take('}')) {
      std::string_view last;
      do {
        const auto counter = next_key(last);
        if (!counter || !numbers()) return false;
        last = *counter;
        if (!is_kept) continue;
        if (next != into.end() && next->first == *counter) {
          next->second.assign(numbers_.begin(), numbers_.end());
          ++next;
          continue;
        }
        while (next != into.end()) old.insert(old.end(), into.extract(next++));
        keep_numbers(*counter, old, into);
      } while (text_.take(','));
      if (!text_.take('}')) return false;
    }
    into.erase(next, into.end());
    return true;
  }

  /// Behind all counters of `into`, in a node of `old` while it has any.
  void keep_numbers(std::string_view counter, Samples& old, Samples& into) {
    if (old.empty()) {
      into.emplace_hint(into.end(), counter, numbers_);
      return;
    }
    Samples::node_type node = old.extract(old.begin());
    node.key() = counter;
    node.mapped().assign(numbers_.begin(), numbers_.end());
    into.insert(into.end(), std::move(node));
  }

  /// A list of numbers.
  bool numbers() {
    numbers_.clear();
    if (!text_.take('[')) return false;
    if (text_.take(']')) return true;
    do {
      const auto number = text_.number();
      if (!number) return false;
      numbers_.push_back(*number);
    } while (text_.take(','));
    return text_.take(']');
  }

  bool cpus(std::string_view before, std::vector<int>& into) {
    into.clear();
    if (!text_.take(before)) return false;
    if (text_.take(']')) return true;
    int cpu = 0;
    for (std::string_view separator; small_integer(separator, cpu); separator = ",") {
      if (keeps_all_) into.push_back(cpu);
      if (text_.take(']')) return true;
    }
    return false;
  }

  bool covariates(Covariates& into) {
    if (!cpus(R"(,"covariates":{"cpus_asked":[)", into.cpus_asked) || !cpus(R"(,"cpus_used":[)", into.cpus_used))
      return false;
    into.readings.clear();
    for (std::size_t at = 0; !text_.take('}'); ++at) {
      if (!reading_begins(at)) return false;
      Reading reading;
      if (!text_.take("null") && !number(reading)) return false;
      if (keeps_all_) into.readings.emplace_hint(into.readings.end(), name_of(readings_[at]), reading);
    }
    return true;
  }

  /// Its value is worked out where it is kept: there are five readings to a sample.
  bool number(Reading& into) {
    if (!keeps_all_) return text_.skip_number();
    into = text_.number();
    return into.has_value();
  }

  /// Whether the name of a reading comes next that may stand at this place; `readings_` then knows it, and those before it.
  bool reading_begins(std::size_t at) {
    if (at < readings_.size() && text_.take(readings_[at])) return true;
    readings_.resize(std::min(at, readings_.size()));
    if (!text_.take(',')) return false;
    const auto name = next_key(at == 0 ? std::string_view{} : name_of(readings_[at - 1]));
    if (!name || *name == "cpus_asked" || *name == "cpus_used") return false;
    readings_.push_back(fmt::format(",\"{}\":", *name));
    return true;
  }

  static std::string_view name_of(const std::string& reading) {
    return std::string_view(reading).substr(2, reading.size() - 4);
  }

  bool contaminated(std::vector<std::string>& into) {
    into.clear();
    if (!text_.take(R"(,"contaminated":[)")) return false;
    if (text_.take(']')) return true;
    do {
      const auto rule = text_.text();
      if (!rule) return false;
      into.emplace_back(*rule);
    } while (text_.take(','));
    return text_.take(']');
  }

  PlainText text_;
  bool keeps_all_;
  std::vector<std::string>& readings_;
  std::vector<double>& numbers_;
};

}  // namespace

std::optional<Block> block_of_plain_line(std::string_view line, Keep keep) {
  PlainLines lines(keep);
  Block* block = lines.block_of(line);
  return block == nullptr ? std::nullopt : std::optional(std::move(*block));
}

Block* PlainLines::block_of(std::string_view line) {
  PlainLine plain(line, keep_, readings_, numbers_);
  return plain.fill(block_) && plain.rest().empty() ? &block_ : nullptr;
}

Block* PlainLines::next_block(std::string_view& lines) {
  PlainLine plain(lines, keep_, readings_, numbers_);
  if (!plain.fill(block_) || !plain.rest().starts_with('\n')) return nullptr;
  lines = plain.rest().substr(1);
  return &block_;
}

}  // namespace unitcost
