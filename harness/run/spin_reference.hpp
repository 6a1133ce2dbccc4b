#pragma once
// A fixed piece of integer work of about 2 ms, timed on the block's CPU before and after each block: it shows a machine that has become slower, be it
// by its clock or by another thread on the same core.
#include <cstdint>

namespace unitcost {

/// Seam: what the reference took.
class SpinReference {
 public:
  virtual ~SpinReference() = default;
  /// Wall ns of `steps` on `cpu`; negative when this process cannot be moved there.
  virtual double spin_ns(int cpu, std::int64_t steps) = 0;
  /// CPU seconds that all spins took: not the harness's own share.
  [[nodiscard]] virtual double cpu_s() const = 0;
};

class RealSpinReference final : public SpinReference {
 public:
  /// The calling thread goes back to `home_cpu` after each spin.
  explicit RealSpinReference(int home_cpu);
  double spin_ns(int cpu, std::int64_t steps) override;
  [[nodiscard]] double cpu_s() const override { return cpu_s_; }

 private:
  int home_cpu_;
  double cpu_s_ = 0.0;
};

/// How many steps take about 2 ms on `cpu`, found once when a run begins.
std::int64_t calibrate_reference(SpinReference& reference, int cpu);

}  // namespace unitcost
