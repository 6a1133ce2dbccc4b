#pragma once
// Two sides of sessions: the ratio of their costs, with a t interval on the sessions' log-medians (docs/method.md, section 9).
// Welch's form, because two machines need not be equally noisy.
#include <limits>
#include <vector>

namespace unitcost {

constexpr int kLeastGateSessions = 3;  ///< a side; fewer are shown and not gated

/// Numbers are NaN where they cannot be had: no interval and no p unless both sides have two sessions.
struct SessionRatio {
  double ratio = std::numeric_limits<double>::quiet_NaN();  ///< geometric mean of b over geometric mean of a
  double low = std::numeric_limits<double>::quiet_NaN();    ///< 95 % interval of the ratio
  double high = std::numeric_limits<double>::quiet_NaN();
  double p = std::numeric_limits<double>::quiet_NaN();               ///< two-sided, of "the sides are equal"
  double standard_error = std::numeric_limits<double>::quiet_NaN();  ///< of the logarithm of the ratio
  double degrees_of_freedom =
      std::numeric_limits<double>::quiet_NaN();                  ///< Welch and Satterthwaite; infinite: no noise
  double variance_a = std::numeric_limits<double>::quiet_NaN();  ///< between the sessions' logarithms
  double variance_b = std::numeric_limits<double>::quiet_NaN();
  int sessions_a = 0;
  int sessions_b = 0;
  [[nodiscard]] bool has_interval() const { return sessions_a >= 2 && sessions_b >= 2; }
};

/// One value a session. Two sides that hold one and the same number have ratio 1 whatever it is; else every value must be positive.
SessionRatio session_ratio(const std::vector<double>& a, const std::vector<double>& b);

/// The slow-down (as a ratio above 1) whose whole interval would have been beyond 1 + margin_ratio with a probability of about 90 %, at
/// the level `alpha` and the noise of `found`. NaN without an interval.
double smallest_visible_ratio(const SessionRatio& found, double margin_ratio, double alpha = 0.05);

/// Sessions a side with which two equal sides of this noise would be shown to be equal within the margin about as often as not; 0 when
/// even kMostSessions are too few, or the noise is not known.
int sessions_needed(const SessionRatio& found, double margin_ratio);
constexpr int kMostSessions = 10000;

}  // namespace unitcost
