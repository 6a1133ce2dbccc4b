// Question:  How many bytes a second can be read, written and copied, by size of the memory that is worked on?
// Method:    Go over a working set from end to end, again and again, by loads and stores of one word or of the widest vector, on one CPU or on all of them at the same time, each with
//            its own part. Bytes that the instructions moved are counted and nothing else: a pass over n bytes is n, and a copy reads n/2 and writes n/2.
// Wrong way: Counting bytes that were never touched (one word of a line stands for the line), timing a loop that the compiler turned into memset, or adding up each thread's own best time.
// Control:   Sums, contents and copies are compared with what they must be; words against vectors show whether the instructions or the memory set the limit.
#include <chrono>
#include <cmath>
#include <memory>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "benchmarks/memory/streams.hpp"
#include "benchmarks/support/checked_team.hpp"
#include "benchmarks/support/cpus.hpp"
#include "benchmarks/support/room.hpp"

namespace {
using namespace unitcost;
using std::chrono::milliseconds;
using std::chrono::nanoseconds;

/// What `bytes` counts where several CPUs work: the working set of all of them together, or that of each.
enum class Counted { kWhole, kEach };

struct Spec {
  Operation operation = Operation::kRead;
  Width width = Width::kVector;
  Pages pages = Pages::kHuge;
  std::uint64_t bytes = 0;
  Counted counted = Counted::kWhole;
  bool operator==(const Spec&) const = default;
};

constexpr std::uint64_t kBatchBytes = kMiB;  // of one iteration at least: the loop around it costs nothing then
constexpr milliseconds kTeamTime{25};        // a sample with threads is at least 20 ms, with a margin

/// The streams of the case that runs, one for each CPU that takes part, each in memory that its own CPU touched first.
class Team {
 public:
  Team(const Spec& spec, std::vector<int> cpus) : spec_(spec), cpus_(std::move(cpus)), streams_(cpus_.size()) {
    const std::uint64_t part =
        spec.counted == Counted::kEach ? spec.bytes : part_past_own_caches(spec.bytes, streams_.size());
    need_memory(streams_.size() * Stream::memory_bytes(part));  // each stream looks for its own only
    on_each([&](auto& stream) {
      stream = std::make_unique<Stream>(spec.operation, part, spec.pages, kernels_of(spec.width));
    });
  }

  /// Each member places and fills its own part, and goes over it once.
  void prepare() {
    const std::uint64_t draw = next_draw();
    on_each([&](auto& stream) {
      stream->prepare(draw);
      stream->run(1);
    });
    if (passes_ == 0) passes_ = passes_for(kTeamTime);
  }

  TeamTimes run() {
    return on_each([this](auto& stream) { stream->run(passes_); });
  }
  [[nodiscard]] double bytes_of_a_run() const {
    return static_cast<double>(streams_.front()->bytes() * streams_.size() * passes_);
  }
  [[nodiscard]] bool is_right() const {
    return std::all_of(streams_.begin(), streams_.end(), [](const auto& stream) { return stream->is_right(); });
  }
  [[nodiscard]] const Spec& spec() const { return spec_; }
  [[nodiscard]] std::size_t size() const { return streams_.size(); }

 private:
  template <class Work>
  TeamTimes on_each(const Work& work) {
    return run_checked_team(static_cast<int>(streams_.size()), cpus_,
                            [&](int member) { work(streams_[static_cast<std::size_t>(member)]); });
  }

  /// So many passes that all members together need about that time.
  std::uint64_t passes_for(nanoseconds time) {
    constexpr std::int64_t kMore = 16;
    for (passes_ = 1;; passes_ *= kMore) {
      const std::int64_t wall_ns = std::max<std::int64_t>(run().wall_ns, 1);
      if (wall_ns * kMore < time.count()) continue;  // too short to tell: starting the threads is a part of it
      const double share = static_cast<double>(time.count()) / static_cast<double>(wall_ns);
      return static_cast<std::uint64_t>(std::ceil(static_cast<double>(passes_) * share));
    }
  }

  Spec spec_;
  std::vector<int> cpus_;
  std::vector<std::unique_ptr<Stream>> streams_;
  std::uint64_t passes_ = 0;
};

void report_moved(benchmark::State& state, double bytes_per_iteration) {
  report_rate(state, "bytes_per_second", bytes_per_iteration);
  report_per_op(state, "kib_ns", bytes_per_iteration / static_cast<double>(kKiB));
}

constexpr std::string_view kWrong = "what was read, written or copied is not what it must be";

void time_team(benchmark::State& state, std::optional<Team>& slot, const Spec& spec) {
  if (!slot || slot->spec() != spec) {
    slot.reset();
    slot.emplace(spec, allowed_cpus());
  }
  Team& team = *slot;
  team.prepare();
  double slowest_ns = 0.0;
  double fastest_ns = 0.0;
  for (auto _ : state) {
    const TeamTimes times = team.run();
    const auto [fastest, slowest] = std::minmax_element(times.member_ns.begin(), times.member_ns.end());
    fastest_ns += static_cast<double>(*fastest);
    slowest_ns += static_cast<double>(*slowest);
    state.SetIterationTime(1e-9 * static_cast<double>(times.wall_ns));
  }
  if (!team.is_right()) return failed(state, kWrong);
  report_moved(state, team.bytes_of_a_run());
  report_value(state, "vector_bytes", static_cast<double>(kernels_of(spec.width).width_bytes));
  report_value(state, "fastest_time_ratio", fastest_ns / slowest_ns);  // of the members; 1: all were equally fast
  report_value(state, "members", static_cast<double>(team.size()));
}

struct Alone {
  Spec spec;
  Stream stream;
};

void time_alone(benchmark::State& state, std::optional<Alone>& slot, const Spec& spec) {
  if (!slot || slot->spec != spec) {
    slot.reset();
    slot.emplace(Alone{spec, Stream(spec.operation, spec.bytes, spec.pages, kernels_of(spec.width))});
  }
  Stream& stream = slot->stream;
  stream.prepare(next_draw());
  stream.run(1);
  const std::uint64_t passes = std::max<std::uint64_t>(1, kBatchBytes / spec.bytes);
  for (auto _ : state) stream.run(passes);
  if (!stream.is_right()) return failed(state, kWrong);
  const double moved = static_cast<double>(spec.bytes * passes);
  const auto width_bytes = static_cast<double>(kernels_of(spec.width).width_bytes);
  report_moved(state, moved);
  report_value(state, "vector_bytes", width_bytes);
}

}  // namespace

void unitcost::register_cases(CaseRegistry& cases) {
  const auto alone = std::make_shared<std::optional<Alone>>();
  const auto team = std::make_shared<std::optional<Team>>();
  const auto add = [&](const Spec& spec) {
    const auto what = fmt::format("{}/width:{}", name_of(spec.operation), name_of(spec.width));
    const auto where = fmt::format("page:{}/bytes:{}", name_of(spec.pages), spec.bytes);
    cases.add(fmt::format("{}/cpus:one/{}", what, where), Timing::kWall,
              [=](benchmark::State& state) { time_alone(state, *alone, spec); });
  };
  const auto add_all = [&](const Spec& spec) {
    const auto what =
        fmt::format("{}/width:{}/cpus:all/page:{}", name_of(spec.operation), name_of(spec.width), name_of(spec.pages));
    const std::string_view unit = spec.counted == Counted::kEach ? "bytes_each" : "bytes";
    cases.add(fmt::format("{}/{}:{}", what, unit, spec.bytes), Timing::kManual,
              [=](benchmark::State& state) { time_team(state, *team, spec); });
  };
  for (const std::uint64_t bytes : sizes_between(4 * kKiB, kGiB)) {
    for (const Operation operation :
         {Operation::kRead, Operation::kWrite, Operation::kWritePastCaches, Operation::kCopy}) {
      for (const Width width : {Width::kWord, Width::kVector}) add({operation, width, Pages::kHuge, bytes});
    }
    add({Operation::kRead, Width::kVector, Pages::kBase, bytes});
  }
  for (const Operation operation :
       {Operation::kRead, Operation::kWrite, Operation::kWritePastCaches, Operation::kCopy}) {
    for (const std::uint64_t bytes : sizes_between(4 * kKiB, kMiB))
      add_all({operation, Width::kVector, Pages::kHuge, bytes, Counted::kEach});
    for (const std::uint64_t bytes : sizes_between(kLeastPartBytes, 4 * kGiB))
      add_all({operation, Width::kVector, Pages::kHuge, bytes, Counted::kWhole});
  }
}
