// Question:  What does memory of another node cost, where a machine has several?
// Method:    Bind the memory to the node of the CPU, or to the farthest other one, and walk a random ring in it, or read it from end to end by the widest vector.
// Wrong way: Letting the scheduler place the thread, or touching the memory first and binding it then: pages stay where they were touched.
// Control:   The kernel is asked where the pages are once they are touched; a page on the wrong node ends the case.
#include <memory>
#include <optional>
#include <utility>

#include <fmt/format.h>

#include "benchmarks/kernels/memory_jump_ring.hpp"
#include "benchmarks/memory/streams.hpp"
#include "benchmarks/support/cpus.hpp"
#include "benchmarks/support/numa.hpp"
#include "benchmarks/support/room.hpp"

namespace {
using namespace unitcost;

constexpr std::uint64_t kBytes = 256 * kMiB;  // past the last cache of most
constexpr std::uint64_t kStepsPerBatch = 1024;
constexpr std::uint64_t kValue = 0x1234'5678'9abc'def1;

enum class Place { kLocal, kRemote };
enum class Task { kChase, kRead };

struct Held {
  Place place;
  Task task;
  Mapping memory;
  int distance;
  std::optional<kernels::JumpRing> ring;
  std::uint64_t taken = 0;  ///< links from the ring's first line
  bool is_written = false;  ///< with what a read adds up
};

/// Memory on the node that is asked for, linked to a ring or filled. Throws CannotMeasure.
Held made(Place place, Task task) {
  const int cpu = allowed_cpus().front();
  const NodePair nodes = local_and_remote(memory_nodes(), cpu);
  if (!pin_this_thread(cpu)) throw CannotMeasure("the thread cannot be bound to a CPU");
  const bool is_local = place == Place::kLocal;
  const int node = is_local ? nodes.local : nodes.remote;
  need_memory(kBytes);
  Mapping memory = Mapping::anonymous(kBytes, Pages::kHuge);
  bind_to_node(memory.bytes(), node);
  make_present(memory, Pages::kHuge);
  if (const double share = share_on_node(memory.bytes(), node); share < 1.0)
    throw CannotMeasure(fmt::format("{:.0f} % of the memory came from the node that was asked for", 100 * share));
  const int distance = is_local ? nodes.local_distance : nodes.remote_distance;
  Held held{place, task, std::move(memory), distance, std::nullopt};
  if (task == Task::kChase) held.ring.emplace(kernels::JumpRing::link(held.memory.bytes(), next_draw()));
  return held;
}

Held& ready(std::optional<Held>& slot, Place place, Task task) {
  if (!slot || slot->place != place || slot->task != task) {
    slot.reset();
    slot.emplace(made(place, task));
  }
  return *slot;
}

void time_chase(benchmark::State& state, std::optional<Held>& slot, Place place) {
  Held& held = ready(slot, place, Task::kChase);
  const kernels::Line* at = held.ring->after(held.taken);
  for (auto _ : state) {
    at = kernels::walk(at, kStepsPerBatch);
    benchmark::DoNotOptimize(at);
    held.taken += kStepsPerBatch;
  }
  if (at != held.ring->after(held.taken)) return failed(state, "the walk does not end where it must");
  report_per_op(state, "access_ns", static_cast<double>(kStepsPerBatch));
  report_value(state, "node_distance", held.distance);
}

void time_read(benchmark::State& state, std::optional<Held>& slot, Place place) {
  Held& held = ready(slot, place, Task::kRead);
  const auto& kernels = kernels_of(Width::kVector);
  const std::span words(reinterpret_cast<std::uint64_t*>(held.memory.bytes().data()), kBytes / sizeof(std::uint64_t));
  if (!held.is_written) kernels.write(words, kValue, 1);
  held.is_written = true;
  bool is_right = kernels.read(words, 1) == kValue * words.size();  // untimed: caches still hold what was written
  for (auto _ : state) is_right = kernels.read(words, 1) == kValue * words.size() && is_right;
  if (!is_right) return failed(state, "the sum of what was read is wrong");
  report_per_op(state, "vector_ns", static_cast<double>(kBytes) / static_cast<double>(kernels.width_bytes));
  report_rate(state, "bytes_per_second", static_cast<double>(kBytes));
  report_value(state, "node_distance", held.distance);
}

}  // namespace

void unitcost::register_cases(CaseRegistry& cases) {
  const auto slot = std::make_shared<std::optional<Held>>();
  for (const auto& [place, name] : {std::pair{Place::kLocal, "local"}, std::pair{Place::kRemote, "remote"}}) {
    cases.add(fmt::format("chase/node:{}/page:huge/bytes:{}", name, kBytes), Timing::kWall,
              [slot, place = place](benchmark::State& state) { time_chase(state, *slot, place); });
    cases.add(fmt::format("read/node:{}/page:huge/bytes:{}", name, kBytes), Timing::kWall,
              [slot, place = place](benchmark::State& state) { time_read(state, *slot, place); });
  }
}
