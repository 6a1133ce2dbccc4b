#pragma once
// What `make honesty` plants into a copy of our programs: a delay of known size, or a load beside one side of a pair. Programs for measuring do not have it.
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace unitcost {

/// What the file <program>.planted says about this process. No file, or no line that fits: nothing is planted.
struct Planted {
  double delay_share = 0.0;  ///< of every timed region: 0.025 makes it 2.5 % longer
  bool loads = false;        ///< a process that computes competes for the CPU while a region is timed
};

/// Reads `text`, whose lines are
///   delay FILTER SHARE    for a process whose --benchmark_filter is FILTER, letter by letter
///   load ENDING           for a process whose --benchmark_out ends so: the harness calls the file of side B otherwise than that of side A
/// Throws std::invalid_argument with the line when it is neither.
Planted planted_for(std::string_view text, const std::vector<std::string>& arguments);

/// What is still to be spun. The clock is too coarse to pay a small debt exactly, so too much or too little is carried to the next region.
class Debt {
 public:
  explicit Debt(double share) : share_(share) {}
  void add(double elapsed_ns) { owed_ns_ += share_ * elapsed_ns; }
  /// To spin now; 0 while the debt is smaller than what reading the clock takes some dozen times.
  [[nodiscard]] std::int64_t due_ns() const {
    return owed_ns_ < kLeastSpinNs ? 0 : static_cast<std::int64_t>(owed_ns_);
  }
  void paid(std::int64_t spun_ns) { owed_ns_ -= static_cast<double>(spun_ns); }

 private:
  static constexpr double kLeastSpinNs = 2000.0;
  double share_;
  double owed_ns_ = 0.0;
};

}  // namespace unitcost
