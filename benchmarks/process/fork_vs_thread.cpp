// Question:  What does a new process cost, what a new thread, and what has the size of the parent to do with it?
// Method:    Make one, wait for its end, and again, beside 4 MiB to 4 GiB of resident memory on base or huge pages; beside it the copy of as many bytes.
// Wrong way: Forking from a program that holds nothing, and keeping the best time: page tables are copied, so the parent's size is the price. Not looking at what
//            fork() returns: one that fails takes 30 µs and looks like a good number.
// Control:   A thread copies nothing: its line by the parent's size is flat.
#include <cstring>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <system_error>
#include <vector>

#include <fmt/format.h>

#include "benchmarks/kernels/process_create.hpp"
#include "benchmarks/kernels/process_pages.hpp"
#include "benchmarks/process/ballast.hpp"

namespace {
using namespace unitcost;
using kernels::Made;

/// One iteration, so that a sample has at least 30 operations even where one of them takes longer than the sample should.
constexpr std::uint64_t kTimesPerIteration = 32;

using Maker = std::function<Made(std::uint64_t)>;

void time_making(benchmark::State& state, BallastSlot& slot, const BallastSpec& spec, const Maker& make) {
  slot.ready(spec);
  for (auto _ : state) {
    const Made made = make(kTimesPerIteration);
    if (made.done == kTimesPerIteration) continue;
    if (made.error != 0) throw std::system_error(made.error, std::generic_category(), made.call);
    throw std::runtime_error(fmt::format("{} did not end as it should", made.call));
  }
  report_per_op(state, "operation_ns", kTimesPerIteration);
}

struct CopySlot {
  BallastSlot from;
  BallastSlot to;
  std::optional<BallastSpec> checked;
};

void time_copy(benchmark::State& state, CopySlot& slot, const BallastSpec& spec) {
  const auto from = slot.from.ready(spec).bytes();
  const auto to = slot.to.ready(spec).bytes();
  if (slot.checked != spec) {
    kernels::write_pages(from, next_draw() >> 8);
    std::memcpy(to.data(), from.data(), from.size());
    if (std::memcmp(to.data(), from.data(), from.size()) != 0) return failed(state, "the copy differs");
    slot.checked = spec;
  }
  for (auto _ : state) {
    std::memcpy(to.data(), from.data(), from.size());
    benchmark::ClobberMemory();
  }
  report_per_op(state, "operation_ns", 1);
  // What is repeated here is the copy of a page, thousands of times in one call; the cost stays that of the whole.
  const std::size_t pages = from.size() / kernels::kBasePageBytes;
  state.counters["operations"] =
      benchmark::Counter(static_cast<double>(pages), benchmark::Counter::kIsIterationInvariant);
}

/// Beside the program, where the build puts it.
std::string helper(const std::string& kind) {
  return std::filesystem::read_symlink("/proc/self/exe").parent_path() / "helpers" / ("exit_at_once_" + kind);
}

Maker with_helper(const std::string& kind, Made (*make)(const char*, std::uint64_t)) {
  return [path = helper(kind), make](std::uint64_t times) { return make(path.c_str(), times); };
}

struct Way {
  std::string name;
  Maker make;
};

std::vector<Way> ways() {
  return {
      {"fork", kernels::fork_and_wait},
      {"vfork", kernels::vfork_and_wait},
      {"fork_exec/program:static", with_helper("static", kernels::fork_exec_and_wait)},
      {"fork_exec/program:dynamic", with_helper("dynamic", kernels::fork_exec_and_wait)},
      {"spawn/program:static", with_helper("static", kernels::spawn_and_wait)},
      {"spawn/program:dynamic", with_helper("dynamic", kernels::spawn_and_wait)},
      {"thread/api:pthread", kernels::create_and_join_pthreads},
      {"thread/api:std_thread", kernels::create_and_join_std_threads},
      {"thread/api:std_async", kernels::run_std_async},
  };
}

}  // namespace

void unitcost::register_cases(CaseRegistry& cases) {
  const auto ballast = std::make_shared<BallastSlot>();
  const auto copies = std::make_shared<CopySlot>();
  for (const Pages pages : {Pages::kBase, Pages::kHuge}) {
    for (const std::uint64_t bytes : sizes_between(4 * kMiB, 4 * kGiB)) {
      const auto place = fmt::format("/page:{}/bytes:{}", name_of(pages), bytes);
      const BallastSpec spec{bytes, pages};
      for (const Way& way : ways()) {
        cases.add(way.name + place, Timing::kWall,
                  [=](benchmark::State& state) { time_making(state, *ballast, spec, way.make); });
      }
      cases.add("copy" + place, Timing::kWall, [=](benchmark::State& state) { time_copy(state, *copies, spec); });
    }
  }
}
