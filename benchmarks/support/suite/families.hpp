#pragma once
// How often the benchmarks of others are run, without changing what they are called.
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace unitcost {

/// The names of the benchmarks that match `filter` by Google Benchmark's own rules, in its order. `program`: argv[0].
std::vector<std::string> list_names(const std::string& program, const std::string& filter);

/// What a repetition is, instead of what the benchmark was registered with. A count of iterations that a benchmark was registered with
/// stays, as it does against Google Benchmark's own flags: it may have prepared that much and no more.
struct Cut {
  std::optional<std::int64_t> iterations;  ///< absent: as many as take sample_s
  double sample_s = 0.005;                 ///< by the clock that the benchmark asks for
  int repetitions = 1;
};

/// How some benchmarks are called under a cut: Google Benchmark adds counts to the names.
struct Called {
  std::string filter;                                ///< matches these alone
  std::map<std::string, std::string> as_registered;  ///< by the name that Google Benchmark now reports
};

/// Every benchmark of this program.
class Families {
 public:
  explicit Families(std::string program);

  /// Sets `cut` for all of them, until the next one.
  void set(const Cut& cut) const;

  /// What those of `names` (as registered) are called by the cut that is set. Throws std::invalid_argument naming one that no cut reaches.
  [[nodiscard]] Called called(const std::vector<std::string>& names) const;

 private:
  std::string program_;
  std::vector<std::string> names_;            ///< as registered
  std::vector<bool> is_reached_;              ///< by what set() does, of each name
  std::vector<std::int64_t> own_iterations_;  ///< of each family; 0: none
};

}  // namespace unitcost
