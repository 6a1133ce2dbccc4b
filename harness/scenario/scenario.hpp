#pragma once
// One question with its cases, parameters, claims and figures: what a scenarios/<family>/<name>.toml says after it was checked.
// Values only; reading is in parse.hpp, expansion to cases in expand.hpp, JSON (inside run.json) in scenario_json.hpp.
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace unitcost {

/// Text for people by language tag; a plain string in the file is { "en": … }.
using Text = std::map<std::string, std::string>;
const std::string& in_english(const Text& text);  ///< "en", else the first; empty string for an empty text

/// What the block counts.
enum class Observe {
  kTime,      ///< an ordinary timed block
  kSyscalls,  ///< one iteration under strace, untimed: samples are the counts, "syscalls" in all and "syscalls.<name>" each
};

/// A label of [cases]. `name` may hold {axis} placeholders.
struct CasePattern {
  std::string program;  ///< "family/name"; the scenario's own unless given
  std::string name;
  Observe observe = Observe::kTime;  ///< key `observe = "time" | "syscalls"`
  bool operator==(const CasePattern&) const = default;
};

/// [axis.x]: sizes are bytes, everything else is printed as it stands.
struct Axis {
  enum class Kind { kSizes, kNumbers, kWords };
  Kind kind = Kind::kNumbers;
  std::vector<std::uint64_t> numbers;  ///< explicit list (kNumbers, kSizes), ascending
  std::vector<std::string> words;      ///< kWords
  // A range of sizes: `{ from = "4KiB", to = "512MiB", per_octave = 1, near_cliffs = 4 }`
  bool is_range = false;
  std::uint64_t from = 0;
  std::uint64_t to = 0;
  int per_octave = 1;      ///< 1, 2 or 4
  int near_cliffs = 0;     ///< 0 or 4: points per octave within an octave of a cliff of `cliff_case`
  std::string cliff_case;  ///< label whose round-0 curve finds the cliffs
  std::vector<std::uint64_t>
      also;  ///< sizes between those of the grid where a profile looks closer at cliffs, ascending
  // CPU counts: `{ cpus = "1..2x" }` is every power of two up to 2 × CPUs, and CPUs and 2 × CPUs themselves; "1..1x" up to CPUs
  int cpus_times = 0;  ///< 0: not by CPUs
  bool operator==(const Axis&) const = default;
};

/// A size of an axis that is resolved in analysis: a number or "past-last-cache" | "half-first-cache" | "largest" | "each".
using Position = std::variant<std::uint64_t, std::string>;
using At = std::map<std::string, Position>;

/// What a claim is about: exactly one kind.
struct Metric {
  enum class Kind {
    kValue,       ///< value = "label"
    kRatio,       ///< ratio = ["numerator", "denominator"], paired by round, in logarithms
    kDifference,  ///< difference = ["more", "less"], divided_by = 10000: counts; (more - less) / divided_by
    kLevel,       ///< level = "l1" | "l2" | "last-cache" | "memory", of curve `cases[0]` over `axis`
    kCliff,       ///< cliff = "first" | "second" | "last", of curve `cases[0]` over `axis`; bytes
    kMonotone,  ///< monotone = [levels…]: smallest ratio of neighbouring levels; expectation at_least 1 on its interval
    kInverseFit,  ///< inverse_fit = "label": cost per unit = a/x + b over `axis`; value = largest relative deviation of a median from the fit
    kLinearity,  ///< linearity = "label": slope of the upper half / slope of the lower half over `axis`, from `from` on
  };
  Kind kind = Kind::kValue;
  std::vector<std::string> cases;   ///< labels, in the order of the kind
  std::vector<std::string> levels;  ///< kLevel, kMonotone
  std::string which;                ///< kCliff
  std::string axis;                 ///< for kinds over an axis
  std::string counter;              ///< "access_ns"
  At at;
  double divided_by = 1.0;  ///< kDifference
  double scale = 1.0;       ///< the value is multiplied by it (kValue, kRatio)
  std::uint64_t from = 0;   ///< kLinearity: least x
  bool operator==(const Metric&) const = default;
};

/// low and high are edges included; absent is open. None of both: reported.
struct Expectation {
  std::optional<double> low;   ///< `low` or `at_least`
  std::optional<double> high;  ///< `high` or `at_most`
  bool strict = false;         ///< `above = 1.0` / `below = …`: the edge is excluded
  int times_cpus_up_to = 0;    ///< n: both edges times what n equal shares gain on the CPUs of the run; 0: not
  [[nodiscard]] bool is_reported() const { return !low && !high; }
  bool operator==(const Expectation&) const = default;
};

struct Guard {  ///< `control = { …metric…, expect = { … } }` and `ceiling = { … }`
  Metric metric;
  Expectation expect;
  bool operator==(const Guard&) const = default;
};

struct Claim {
  std::string id;
  std::string variant;     ///< empty when the claim has none
  std::string source_key;  ///< fundamentos | os-guide | processos | review | ours
  std::string source_section;
  Text says;
  Metric metric;
  Expectation expect;
  std::string unit;                    ///< of the value: "ns", "ratio", "bytes", "ms", "calls", …
  std::optional<Guard> control;        ///< fails: undecided
  std::optional<Guard> ceiling;        ///< fails: not measurable
  std::vector<std::string> conflicts;  ///< ids
  Text instead;                        ///< said when refuted: what is true instead
  Text ladder;                         ///< name of the claim's row in the latency ladder ("L1 hit"); empty: it has none
  int line = 0;                        ///< in the scenario file, for messages
  bool operator==(const Claim&) const = default;
};

struct Figure {
  std::string kind;  ///< ladder | curve | dots | heatmap | forest | proportional | strip | table
  Text title;
  std::vector<std::string> cases;   ///< labels; empty: all of the scenario
  std::string x;                    ///< axis, or empty for dots (one row a case)
  std::string y;                    ///< counter
  std::string scale = "linear";     ///< linear | log-x | log-y | log-log
  std::string relative_to;          ///< label: y is the ratio to it, paired by round; empty: y itself
  bool inverse = false;             ///< with relative_to: ratio is relative_to / case (a speed-up)
  std::string minus;                ///< label: y is the difference to it, paired by round; not with relative_to
  bool cliffs = false;              ///< draw detected cliffs and, apart, the caches that the kernel reports
  std::vector<std::string> claims;  ///< ids whose expectation is drawn as a band
  int line = 0;
  bool operator==(const Figure&) const = default;
};

struct RunSettings {
  std::string cpus = "one";  ///< one | pair-same-core | pair-cross-core | all | a number
  int timeout_s = 60;
  int sample_ms = 5;        ///< 20 with threads or Python
  bool slow = false;        ///< k = 1, exactly 6 rounds; also found in round 0
  std::string memory_axis;  ///< axis that is the working set in bytes; empty: `memory_extra_bytes` alone
  double memory_factor = 1.0;
  std::uint64_t memory_extra_bytes = 16U << 20U;
  bool operator==(const RunSettings&) const = default;
};

struct Scenario {
  std::string id;    ///< "memory/access_order", from the path
  std::string file;  ///< as the user reached it, for messages; not stored in runs
  int schema = 1;
  Text question;
  Text why;
  Text reading;
  std::map<std::string, CasePattern> cases;  ///< by label
  std::vector<std::string> case_order;       ///< labels as they stand in the file
  std::map<std::string, Axis> axes;
  RunSettings run;
  std::map<std::string, RunSettings> run_by_label;  ///< [run.<label>] overrides, complete settings
  std::vector<Claim> claims;
  std::vector<Figure> figures;
  bool operator==(const Scenario&) const = default;
};

/// "memory" of "memory/access_order": the folder of a scenario.
inline std::string family_of(const std::string& scenario) { return scenario.substr(0, scenario.find('/')); }

/// scenarios/profiles/<name>.toml
struct Profile {
  std::string name;
  int rounds = 10;  ///< counted rounds
  int slow_rounds = 6;
  int samples_per_block = 5;
  double sample_scale = 1.0;                       ///< times `sample_ms`
  double budget_s = 600;                           ///< from plan to report; a plan beyond it is said before it starts
  std::map<std::string, double> family_budgets_s;  ///< the same for a run of only these families
  bool dense = false;                              ///< four points per octave everywhere
  bool near_cliffs = true;                         ///< four points per octave near the cliffs
  bool preview = false;
  std::map<std::string, std::vector<std::string>>
      axis_limits;                     ///< "<scenario>:<axis>" -> values kept (quick), written as in the scenario
  std::vector<std::string> leave_out;  ///< case keys by prefix that this profile does not run
  std::vector<std::string> only;       ///< case keys by prefix that it runs, and no others; empty: all
  bool operator==(const Profile&) const = default;
};

}  // namespace unitcost
