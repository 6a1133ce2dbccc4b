// Question:  Does a load from memory cost more when another CPU is busy with memory of its own?
// Method:    Walk a random ring on one CPU while another CPU, a thread of the same process, copies memory of its own, at 0, 25, 50, 75 and 100 % of the rate that it reaches alone.
// Wrong way: Running both on one CPU (they take turns, and the walk waits for the scheduler), or letting them share a buffer.
// Control:   A ring that fits into the first cache: that cache belongs to its core, so the neighbour must not be felt. The rate that the neighbour really reached is reported.
#include <algorithm>
#include <atomic>
#include <bit>
#include <chrono>
#include <cstring>
#include <functional>
#include <memory>
#include <optional>
#include <vector>

#include <fmt/format.h>

#include "benchmarks/kernels/memory_jump_ring.hpp"
#include "benchmarks/memory/streams.hpp"
#include "benchmarks/support/checked_team.hpp"
#include "benchmarks/support/cpus.hpp"

namespace {
using namespace unitcost;
using Clock = std::chrono::steady_clock;
using Seconds = std::chrono::duration<double>;

// The walk: in the core's own first cache, in what the last cache of many processors holds of it, and twice in memory, where it lies past the last cache of most.
constexpr std::uint64_t kFirstCacheBytes = 16 * kKiB;
constexpr std::uint64_t kCachedBytes = 8 * kMiB;
constexpr std::uint64_t kMemoryBytes = 128 * kMiB;
constexpr std::uint64_t kLargeMemoryBytes = 512 * kMiB;

constexpr std::uint64_t kNeighbourBytes = 128 * kMiB;  // past the last cache of most
constexpr std::uint64_t kPieceBytes = 16 * kKiB;       // copied at once, some µs: the rate is kept between pieces
constexpr std::size_t kPieceWords = kPieceBytes / sizeof(std::uint64_t);
constexpr std::chrono::milliseconds kProbeTime{20};

/// Copies one half of its memory to the other, piece after piece, until it is told to stop, at a stated rate.
class Neighbour {
 public:
  Neighbour() : memory_(granted(kNeighbourBytes, Pages::kHuge)) {
    for (std::size_t i = 0; i < source().size(); ++i) source()[i] = i;
  }

  /// Returns the rate that it reached: bytes read and bytes written. `bytes_per_second` 0: as fast as it can.
  double copy_until(const std::function<bool()>& is_over, double bytes_per_second) {
    const auto& kernels = kernels_of(Width::kVector);
    double moved = 0.0;
    const auto start = Clock::now();
    const auto elapsed_s = [start] { return Seconds(Clock::now() - start).count(); };
    while (!is_over()) {
      kernels.copy(target().subspan(at_, kPieceWords), source().subspan(at_, kPieceWords), 1);
      at_ = (at_ + kPieceWords) % source().size();
      moved += 2.0 * kPieceBytes;
      if (at_ == 0) is_complete_ = true;
      if (bytes_per_second == 0.0) continue;
      while (elapsed_s() * bytes_per_second < moved && !is_over()) continue;
    }
    return moved / elapsed_s();
  }

  /// What was copied so far is equal to what it was copied from; one piece in sixteen is compared, from another one on each time.
  [[nodiscard]] bool is_right(std::uint64_t draw) const {
    constexpr std::uint64_t kEvery = 16;
    const std::size_t copied = is_complete_ ? source().size() : at_;
    for (std::size_t at = draw % kEvery * kPieceWords; at < copied; at += kEvery * kPieceWords) {
      if (std::memcmp(&source()[at], &target()[at], kPieceBytes) != 0) return false;
    }
    return true;
  }

  /// What it reaches when nobody else is busy.
  double probe() {
    return copy_until([end = Clock::now() + kProbeTime] { return Clock::now() >= end; }, 0.0);
  }

 private:
  [[nodiscard]] std::span<std::uint64_t> words() const {
    return {reinterpret_cast<std::uint64_t*>(memory_.bytes().data()), kNeighbourBytes / sizeof(std::uint64_t)};
  }
  [[nodiscard]] std::span<std::uint64_t> source() const { return words().first(words().size() / 2); }
  [[nodiscard]] std::span<std::uint64_t> target() const { return words().last(words().size() / 2); }

  Mapping memory_;
  std::size_t at_ = 0;  ///< in words
  bool is_complete_ = false;
};

/// The ring of the one CPU and the neighbour on the other, each in memory that its own CPU touched first.
class Stage {
 public:
  explicit Stage(std::uint64_t bytes)
      : bytes_(bytes), cpus_(spread_cpus()), steps_(bytes == kFirstCacheBytes ? kFirstCacheSteps : kMemorySteps) {
    if (cpus_.size() < 2) throw CannotMeasure("two CPUs are needed, this process may use one");
    run_checked_team(2, cpus_, [this](int member) {
      if (member == 0) memory_.emplace(granted(std::max(bytes_, kHugePageBytes), Pages::kHuge));
    });
  }

  /// Ready to be timed beside a neighbour at that rate. A small ring is linked anew, at another place, for every repetition. What fits into a cache is walked until it is there.
  void prepare(int neighbour_percent) {
    if (neighbour_percent > 0 && !neighbour_) on_the_other_cpu([this] { neighbour_.emplace(); });
    const bool is_rate_needed = neighbour_percent > 0 && neighbour_percent < 100;
    if (is_rate_needed && full_bytes_per_second_ == 0.0) {
      on_the_other_cpu([this] { full_bytes_per_second_ = neighbour_->probe(); });
    }
    const bool is_small = bytes_ < kMiB;
    if (ring_ && !is_small) return;
    const std::uint64_t places = (memory_->bytes().size() - bytes_) / kernels::kLineBytes + 1;
    const std::uint64_t offset = is_small ? next_draw() % places * kernels::kLineBytes : 0;
    ring_.emplace(kernels::JumpRing::link(memory_->bytes().subspan(offset, bytes_), next_draw()));
    taken_ = 0;
    at_ = ring_->after(0);
    if (bytes_ > kCachedBytes) {
      kernels::evict(std::as_bytes(ring_->lines()));  // else what linking left in a large cache is walked first
      return;
    }
    constexpr std::uint64_t kWarmRounds = 4;
    const std::uint64_t warm_steps = kWarmRounds * ring_->lines().size();
    const Result warm = run(warm_steps, neighbour_percent);
    if (!is_small) steps_ = steps_for(warm.chase_s / static_cast<double>(warm_steps));
  }

  /// Of one turn.
  [[nodiscard]] std::uint64_t steps() const { return steps_; }

  struct Result {
    double chase_s = 0.0;
    double neighbour_bytes_per_second = 0.0;
  };

  Result run(std::uint64_t steps, int neighbour_percent) {
    Result result;
    std::atomic<bool> is_over{false};
    const double rate = neighbour_percent == 100 ? 0.0 : full_bytes_per_second_ * neighbour_percent / 100;
    const TeamTimes times = run_checked_team(2, cpus_, [&](int member) {
      if (member == 0) {
        at_ = kernels::walk(at_, steps);
        is_over.store(true, std::memory_order_relaxed);
      } else if (neighbour_percent > 0) {
        const auto read_flag = [&] { return is_over.load(std::memory_order_relaxed); };
        result.neighbour_bytes_per_second = neighbour_->copy_until(read_flag, rate);
      }
    });
    taken_ += steps;
    result.chase_s = 1e-9 * static_cast<double>(times.member_ns[0]);
    return result;
  }

  [[nodiscard]] bool is_right() const {
    return at_ == ring_->after(taken_) && (!neighbour_ || neighbour_->is_right(next_draw()));
  }
  [[nodiscard]] std::uint64_t bytes() const { return bytes_; }

 private:
  /// As many as take 5 to 10 ms, as those of the first cache and of memory do: long against starting two threads, 0.1 ms.
  static std::uint64_t steps_for(double step_s) {
    constexpr double kLongestTurnS = 0.01;
    return std::bit_floor(std::max(kMemorySteps / 4, static_cast<std::uint64_t>(kLongestTurnS / step_s)));
  }

  void on_the_other_cpu(const std::function<void()>& work) const {
    run_checked_team(2, cpus_, [&](int member) {
      if (member == 1) work();
    });
  }

  static constexpr std::uint64_t kFirstCacheSteps = std::uint64_t{1} << 22U;
  static constexpr std::uint64_t kMemorySteps = std::uint64_t{1} << 16U;

  std::uint64_t bytes_;
  std::vector<int> cpus_;
  std::uint64_t steps_;
  std::optional<Mapping> memory_;
  std::optional<kernels::JumpRing> ring_;
  const kernels::Line* at_ = nullptr;
  std::uint64_t taken_ = 0;             ///< links from the ring's first line
  std::optional<Neighbour> neighbour_;  ///< made when it is first needed: alone is alone
  double full_bytes_per_second_ = 0.0;  ///< 0: not asked for yet
};

void time_chase(benchmark::State& state, std::unique_ptr<Stage>& slot, std::uint64_t bytes, int neighbour_percent) {
  if (!slot || slot->bytes() != bytes) {
    slot.reset();  // before the next one asks for memory
    slot = std::make_unique<Stage>(bytes);
  }
  slot->prepare(neighbour_percent);
  const std::uint64_t steps = slot->steps();
  double chase_s = 0.0;
  double neighbour_bytes = 0.0;
  for (auto _ : state) {
    const Stage::Result result = slot->run(steps, neighbour_percent);
    chase_s += result.chase_s;
    neighbour_bytes += result.neighbour_bytes_per_second * result.chase_s;
    state.SetIterationTime(result.chase_s);
  }
  if (!slot->is_right()) return failed(state, "the walk does not end where it must, or the neighbour's copy is wrong");
  report_per_op(state, "access_ns", static_cast<double>(steps));
  report_value(state, "neighbour_bytes_per_second", neighbour_bytes / chase_s);
}

}  // namespace

void unitcost::register_cases(CaseRegistry& cases) {
  const auto slot = std::make_shared<std::unique_ptr<Stage>>();
  for (const std::uint64_t bytes : {kFirstCacheBytes, kCachedBytes, kMemoryBytes, kLargeMemoryBytes}) {
    for (const int percent : {0, 25, 50, 75, 100}) {
      cases.add(fmt::format("chase/cpus:pair-cross-core/page:huge/bytes:{}/neighbour_percent:{}", bytes, percent),
                Timing::kManual, [=](benchmark::State& state) { time_chase(state, *slot, bytes, percent); });
    }
  }
}
