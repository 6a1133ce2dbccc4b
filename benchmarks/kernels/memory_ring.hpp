#pragma once
// A ring of cache lines that a dependent walk follows, and the same lines read independently.
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace unitcost::kernels {

enum class Order { kSequential, kRandom };
std::string_view name_of(Order order);  ///< "sequential" or "random", as case names say it

constexpr std::size_t kLineBytes = 64;

/// One node a line, so that every step touches another line.
struct alignas(kLineBytes) Line {
  const Line* next;
  std::uint64_t index;  ///< own position in memory
};

/// successor[i] for i in [0, lines): one cycle through all of them. Random: uniform over all such cycles (Sattolo 1986), with the
/// draws made ahead so that the swaps' cache misses overlap. At least one line.
std::vector<std::uint32_t> make_cycle(std::uint32_t lines, Order order, std::uint64_t seed);

/// Lines linked in the caller's memory, which must outlive the ring.
class LineRing {
 public:
  /// Writes the lines in order of address. Throws std::invalid_argument unless `memory` is aligned to a line and holds at least
  /// successor.size() >= 1 lines.
  static LineRing link(std::span<std::byte> memory, std::span<const std::uint32_t> successor);

  [[nodiscard]] std::span<const Line> lines() const { return lines_; }
  [[nodiscard]] const Line* start() const { return lines_.data(); }

  /// True when following `next` from any line visits every line once before it returns. Visits all of them, many at a time.
  [[nodiscard]] bool is_full_cycle() const;

 private:
  explicit LineRing(std::span<const Line> lines) : lines_(lines) {}
  std::span<const Line> lines_;
};

/// The line that is `steps` links after `at`: one dependent load a step and nothing else.
const Line* walk(const Line* at, std::uint64_t steps);

/// Sum of `index` over the lines order[from], order[from + 1], …, `steps` of them, beginning anew after the last.
/// The addresses are known early, so the loads may overlap. `order` holds positions in `lines`; from < order.size(), or steps is 0.
std::uint64_t sum(std::span<const Line> lines, std::span<const std::uint32_t> order, std::size_t from,
                  std::uint64_t steps);

}  // namespace unitcost::kernels
