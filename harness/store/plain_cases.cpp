#include "harness/store/plain_cases.hpp"

#include <cstdint>
#include <limits>
#include <map>
#include <optional>

#include <boost/json/serialize.hpp>
#include <boost/json/value.hpp>

#include "harness/base/json.hpp"
#include "harness/store/plain_text.hpp"

namespace unitcost {
namespace {

/// Boost.JSON rounds the last digits otherwise where fewer letters than these are left of its text, and of a run.json there are always more.
constexpr std::size_t kLookAhead = 33;

/// Reads the members in the order of to_json(PlannedCase). Whatever returns false has met something that is not as we write it.
class PlainCaseList {
 public:
  PlainCaseList(std::string_view all, PlainCases& into) : all_(all), text_(all), into_(into) {}

  bool fill() {
    into_.canonical.clear();
    if (!text_.take('[')) return false;
    std::size_t count = 0;
    if (!text_.take(']')) {
      do {
        if (count == into_.cases.size()) into_.cases.emplace_back();
        if (!planned(into_.cases[count++])) return false;
      } while (text_.take(','));
      if (!text_.take(']')) return false;
    }
    into_.cases.resize(count);
    into_.letters = here();
    into_.canonical += all_.substr(copied_, into_.letters - copied_);
    return true;
  }

 private:
  [[nodiscard]] std::size_t here() const { return all_.size() - text_.rest().size(); }

  bool planned(PlannedCase& into) {
    return text(R"({"key":)", into.key) && text(R"(,"program":)", into.program) && text(R"(,"name":)", into.name) &&
           observe(into.observe) && axes(into.axes) && text(R"(,"cpus":)", into.cpus) &&
           small_count(R"(,"timeout_s":)", into.timeout_s) && small_count(R"(,"sample_ms":)", into.sample_ms) &&
           small_count(R"(,"samples":)", into.samples) && small_count(R"(,"rounds":)", into.rounds) &&
           boolean(R"(,"slow":)", into.slow) && count(R"(,"memory_bytes":)", into.memory_bytes) &&
           count(R"(,"iterations":)", into.iterations) && number(R"(,"expected_s":)", into.expected_s) &&
           text(R"(,"dropped":)", into.dropped) && text_.take('}');
  }

  bool text(std::string_view before, std::string& into) {
    const auto found = text_.take(before) ? text_.text() : std::nullopt;
    if (found) into = *found;
    return found.has_value();
  }

  bool observe(Observe& into) {
    if (!text_.take(R"(,"observe":)")) return false;
    into = text_.take(R"("time")") ? Observe::kTime : Observe::kSyscalls;
    return into == Observe::kTime || text_.take(R"("syscalls")");
  }

  /// In the order of a map: then none stands twice.
  bool axes(std::map<std::string, std::string>& into) {
    into.clear();
    if (!text_.take(R"(,"axes":{)")) return false;
    if (text_.take('}')) return true;
    do {
      const auto name = text_.text();
      if (!name || (!into.empty() && *name <= into.rbegin()->first) || !text_.take(':')) return false;
      const auto value = text_.text();
      if (!value) return false;
      into.emplace_hint(into.end(), *name, *value);
    } while (text_.take(','));
    return text_.take('}');
  }

  template <typename Integer>
  bool count(std::string_view before, Integer& into) {
    const auto found = text_.take(before) ? text_.count() : std::nullopt;
    into = static_cast<Integer>(found.value_or(0));
    return found.has_value();
  }

  bool small_count(std::string_view before, int& into) {
    std::int64_t wide = 0;
    const bool is_small = count(before, wide) && wide <= std::numeric_limits<int>::max();
    if (is_small) into = static_cast<int>(wide);
    return is_small;
  }

  bool boolean(std::string_view before, bool& into) {
    if (!text_.take(before)) return false;
    into = text_.take("true");
    return into || text_.take("false");
  }

  /// Most have so many digits that only Boost.JSON says what it makes of them.
  bool number(std::string_view before, double& into) {
    if (!text_.take(before)) return false;
    const std::size_t begin = here();
    if (!text_.skip_number()) return false;
    number_.assign(all_.substr(begin, here() - begin));
    number_.append(kLookAhead, ' ');
    const boost::json::value value = parse_json(number_, "run.json");
    into = JsonIn(value, "run.json").number();
    into_.canonical += all_.substr(copied_, begin - copied_);
    into_.canonical += boost::json::serialize(value);
    copied_ = here();
    return true;
  }

  std::string_view all_;
  PlainText text_;
  std::string number_;  // the one that is read
  PlainCases& into_;
  std::size_t copied_ = 0;  // of all letters, to the canonical ones
};

}  // namespace

bool read_plain_cases(std::string_view text, PlainCases& into) { return PlainCaseList(text, into).fill(); }

}  // namespace unitcost
