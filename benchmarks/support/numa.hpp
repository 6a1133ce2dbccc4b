#pragma once
// Memory nodes: which there are, and memory that is on a stated one. By system calls of the kernel's own, so that no library is needed.
#include <cstddef>
#include <filesystem>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

namespace unitcost {

struct MemoryNode {
  int id = 0;
  std::vector<int> cpus;  ///< empty for a node that is memory alone
  std::vector<int>
      distances;  ///< to each online node in ascending order, as the firmware tells: 10 is the node itself; empty when it does not
  bool has_memory = false;
};

/// A kernel's list of numbers, "0-2,5" (ascending; empty for an empty line). Nothing when it is no such list.
std::optional<std::vector<int>> parse_numbers(std::string_view text);

/// The nodes that are online, ascending; empty where the kernel tells none. `root` stands for "/" (tests pass a folder).
std::vector<MemoryNode> memory_nodes(const std::filesystem::path& root = "/");

struct NodePair {
  int local = 0;           ///< where the CPU is
  int remote = 0;          ///< the farthest other node with memory, the first of equals
  int local_distance = 0;  ///< 0 where the firmware does not tell
  int remote_distance = 0;
};

/// Throws CannotMeasure, which says why, where no memory is remote to `cpu` or none is local to it.
NodePair local_and_remote(const std::vector<MemoryNode>& nodes, int cpu);

/// Has the pages of `memory`, which were not touched yet, come from `node` when they are touched, as long as it has room: share_on_node() tells. `memory` begins at a page. Throws CannotMeasure where the kernel refuses.
void bind_to_node(std::span<std::byte> memory, int node);

/// Share of the touched pages of `memory` that are on `node`, 0 to 1, of one page in 64 KiB. Throws CannotMeasure where the kernel does not tell.
double share_on_node(std::span<std::byte> memory, int node);

}  // namespace unitcost
