#pragma once
// In which order the nodes of a working set are visited.
#include <cstdint>
#include <string_view>
#include <vector>

namespace unitcost::kernels {

/// kLocal: at random inside a window of kWindowNodes, then inside the next window, which is drawn at random; but not all nodes of a window at once, see make_visits.
enum class Order { kSequential, kReverse, kRandom, kLocal };
std::string_view name_of(Order order);  ///< "sequential", "reverse", "random" or "local", as case names say it

constexpr std::uint32_t kWindowNodes =
    4096;                                 ///< 256 KiB of lines: 64 base pages, which the first level of most TLBs holds
constexpr std::uint32_t kGroupNodes = 8;  ///< 512 bytes of lines: one eighth of a page

/// Positions 0 … count - 1, each once, in the order of the visits. kRandom is uniform over all orders (Fisher and Yates), with the draws made ahead so that the
/// swaps' cache misses overlap. kLocal goes over all windows kGroupNodes times and visits one node of each group of neighbours at a time: processors fetch neighbours together, and memory chips
/// read them together, so that a walk which soon came back to a neighbour would find it near. Of the visits to a window's 64 pages one in eight is then the first.
std::vector<std::uint32_t> make_visits(std::uint32_t count, Order order, std::uint64_t seed);

/// 0, stride, 2 · stride, … to the end, then 1, 1 + stride, … : all of them, as a matrix is read along its columns. stride >= 1.
std::vector<std::uint32_t> make_visits_by_stride(std::uint32_t count, std::uint32_t stride);

/// next[i]: the position that is visited after i; after the last the first.
std::vector<std::uint32_t> successors_of(const std::vector<std::uint32_t>& visits);

/// successors_of(make_visits(…)), one cycle through all positions; kRandom: uniform over all such cycles. Throws std::invalid_argument when count is 0.
std::vector<std::uint32_t> make_cycle(std::uint32_t count, Order order, std::uint64_t seed);

}  // namespace unitcost::kernels
