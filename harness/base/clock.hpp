#pragma once
// Seam: what time it is. Intervals come from the monotonic clock only; the wall clock is a label.
#include <string>

namespace unitcost {

class Clock {
 public:
  virtual ~Clock() = default;
  [[nodiscard]] virtual double now_s() const = 0;     ///< monotonic
  [[nodiscard]] virtual std::string utc() const = 0;  ///< "2026-01-02T03:04:05Z"
};

class SystemClock final : public Clock {
 public:
  [[nodiscard]] double now_s() const override;
  [[nodiscard]] std::string utc() const override;
};

}  // namespace unitcost
