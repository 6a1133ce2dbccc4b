#include "benchmarks/support/numa.hpp"

#include <linux/mempolicy.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <cstring>
#include <fstream>
#include <limits>
#include <string>

#include <fmt/format.h>

#include "benchmarks/support/case.hpp"

namespace unitcost {
namespace {

constexpr int kMostNodes = 1 << 16;  // a longer list is a broken one

std::optional<int> parse_number(std::string_view text) {
  int number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc{} || end != text.data() + text.size() || number < 0 || number > kMostNodes)
    return std::nullopt;
  return number;
}

std::string first_line(const std::filesystem::path& file) {
  std::ifstream in(file);
  std::string line;
  std::getline(in, line);
  return line;
}

std::vector<int> numbers_in(const std::filesystem::path& file) {
  return parse_numbers(first_line(file)).value_or(std::vector<int>{});
}

std::vector<int> words_in(const std::filesystem::path& file) {
  std::ifstream in(file);
  std::vector<int> numbers;
  for (int number = 0; in >> number;) numbers.push_back(number);
  return numbers;
}

bool holds(const std::vector<int>& numbers, int number) {
  return std::find(numbers.begin(), numbers.end(), number) != numbers.end();
}

}  // namespace

std::optional<std::vector<int>> parse_numbers(std::string_view text) {
  while (!text.empty() && (text.back() == '\n' || text.back() == ' ')) text.remove_suffix(1);
  std::vector<int> numbers;
  while (!text.empty()) {
    const std::size_t comma = text.find(',');
    const std::string_view part = text.substr(0, comma);
    text.remove_prefix(comma == std::string_view::npos ? text.size() : comma + 1);
    if (comma != std::string_view::npos && text.empty()) return std::nullopt;  // nothing comes after the last comma
    const std::size_t dash = part.find('-');
    const auto first = parse_number(part.substr(0, dash));
    const auto last = dash == std::string_view::npos ? first : parse_number(part.substr(dash + 1));
    if (!first || !last || *first > *last || (!numbers.empty() && *first <= numbers.back())) return std::nullopt;
    for (int number = *first; number <= *last; ++number) numbers.push_back(number);
  }
  return numbers;
}

std::vector<MemoryNode> memory_nodes(const std::filesystem::path& root) {
  const std::filesystem::path folder = root / "sys/devices/system/node";
  const std::vector<int> with_memory = numbers_in(folder / "has_memory");
  std::vector<MemoryNode> nodes;
  for (const int id : numbers_in(folder / "online")) {
    const std::filesystem::path own = folder / fmt::format("node{}", id);
    nodes.push_back({id, numbers_in(own / "cpulist"), words_in(own / "distance"), holds(with_memory, id)});
  }
  return nodes;
}

NodePair local_and_remote(const std::vector<MemoryNode>& nodes, int cpu) {
  if (nodes.empty()) throw CannotMeasure("the kernel tells of no memory nodes");
  if (std::count_if(nodes.begin(), nodes.end(), [](const MemoryNode& node) { return node.has_memory; }) < 2)
    throw CannotMeasure("this machine has one memory node: none of its memory is remote");
  const auto local =
      std::find_if(nodes.begin(), nodes.end(), [cpu](const MemoryNode& node) { return holds(node.cpus, cpu); });
  if (local == nodes.end() || !local->has_memory) throw CannotMeasure("the CPU's own node has no memory");

  NodePair pair{local->id, -1, 0, std::numeric_limits<int>::min()};
  for (std::size_t i = 0; i < nodes.size(); ++i) {
    const bool is_told = local->distances.size() == nodes.size();
    const int distance = is_told ? local->distances[i] : 0;
    if (nodes[i].id == local->id) {
      pair.local_distance = distance;
    } else if (nodes[i].has_memory && distance > pair.remote_distance) {
      pair.remote = nodes[i].id;
      pair.remote_distance = distance;
    }
  }
  return pair;
}

void bind_to_node(std::span<std::byte> memory, int node) {
  constexpr std::size_t kBits = std::numeric_limits<unsigned long>::digits;
  const auto bit = static_cast<std::size_t>(node);
  std::vector<unsigned long> mask(bit / kBits + 1);
  mask[bit / kBits] = 1UL << (bit % kBits);
  // Preferred: where the node is full, pages come from another one, which share_on_node() tells. Under MPOL_BIND the kernel would kill
  // somebody for them. It looks at one bit less than it is told.
  if (syscall(SYS_mbind, memory.data(), memory.size(), MPOL_PREFERRED, mask.data(), mask.size() * kBits + 1, 0U) != 0)
    throw CannotMeasure(fmt::format("memory cannot be put on node {}: mbind: {}", node, std::strerror(errno)));
}

double share_on_node(std::span<std::byte> memory, int node) {
  constexpr std::size_t kEvery = std::size_t{64} << 10;
  std::vector<void*> pages;
  for (std::size_t at = 0; at < memory.size(); at += kEvery) pages.push_back(&memory[at]);
  std::vector<int> found(pages.size(), -1);
  // Without a list of nodes the call moves nothing and tells where the pages are.
  if (syscall(SYS_move_pages, 0, pages.size(), pages.data(), nullptr, found.data(), 0) != 0)
    throw CannotMeasure(fmt::format("the kernel does not tell where memory is: move_pages: {}", std::strerror(errno)));
  return static_cast<double>(std::count(found.begin(), found.end(), node)) / static_cast<double>(found.size());
}

}  // namespace unitcost
