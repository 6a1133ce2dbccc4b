// Question:  What happens when a program reads an object whose life has ended, and who notices?
// Method:    Three ways to keep the address of a dead object, each read once in a child of its own, compiled without and with optimisation and without and with
//            AddressSanitizer; the object's value is drawn anew for every child. The price of the checks: the same work in two children, one of them with checks.
// Wrong way: Running it once and seeing the right value. The old value is one of the things that may be there; nothing says that it will be tomorrow.
// Control:   The same program reads an object that is alive: it sees its value and nothing is reported. A request without work shows what asking a child takes.
#include <sys/socket.h>

#include <chrono>
#include <filesystem>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include <fmt/format.h>

#include "benchmarks/allocation/checked_work.hpp"
#include "benchmarks/allocation/child_program.hpp"
#include "benchmarks/allocation/dangling_child.hpp"
#include "benchmarks/support/case.hpp"

namespace {
using namespace unitcost;
using Clock = std::chrono::steady_clock;

constexpr std::chrono::seconds kChildTime{10};  // it takes milliseconds

/// Settings of the checks. Names and lines of source files are left out of reports, and leaks are not looked for: neither is asked here, and both take long or need permissions.
/// Freed blocks are held back up to 8 MiB and not 256, so that the work with checks reaches its steady state within milliseconds.
std::string asan_options() {
  return fmt::format(
      "ASAN_OPTIONS=detect_stack_use_after_return=1:exitcode={}:halt_on_error=1:abort_on_error=0:log_path=stderr:"
      "color=never:symbolize=0:detect_leaks=0:disable_coredump=1:quarantine_size_mb=8:thread_local_quarantine_size_kb="
      "256",
      kAsanReported);
}

/// Beside the program, where the build puts it. Throws CannotMeasure when the build left it out.
std::string helper(std::string_view name, std::string_view checks) {
  const std::string_view why_not = UNITCOST_WHY_NO_ASAN;
  if (checks == "address" && !why_not.empty()) throw CannotMeasure(std::string(why_not));
  return std::filesystem::read_symlink("/proc/self/exe").parent_path() / "helpers" / fmt::format("{}_{}", name, checks);
}

struct Use {
  std::string shape;   ///< as the helper knows it
  std::string built;   ///< "o0" or "o2"
  std::string checks;  ///< "none" or "address"
};

/// What happened in one child.
struct Seen {
  bool old_value = false;
  bool crash = false;
  bool report = false;
  bool named = false;  ///< the report says what was wrong, and not only that an address is invalid
};

Seen use_in_child(const Use& use) {
  const auto value = std::to_string(1 + next_draw() % 1'000'000'000);
  const ChildEnd end = run_program({helper("dangling_" + use.built, use.checks), use.shape, value},
                                   environment_with({asan_options()}), kChildTime);
  if (!end.status) throw std::runtime_error("the child did not end");
  if (end.errors.find(kBegun) == std::string::npos) {
    if (use.checks == "address") throw CannotMeasure("programs with AddressSanitizer cannot be started here");
    throw std::runtime_error("the child could not be started");
  }
  constexpr std::string_view kReport = "ERROR: AddressSanitizer: ";
  const auto at = end.errors.find(kReport);
  Seen seen;
  seen.crash = WIFSIGNALED(*end.status);
  const int exit_status = WIFEXITED(*end.status) ? WEXITSTATUS(*end.status) : 0;
  seen.old_value = exit_status == kSawOldValue;
  seen.report = exit_status == kAsanReported && at != std::string::npos;
  if (seen.report) {
    const std::string_view kind = std::string_view(end.errors).substr(at + kReport.size());
    seen.named = kind.starts_with("stack-use-after-") || kind.starts_with("heap-use-after-free");
  }
  if (!seen.crash && !seen.old_value && !seen.report && exit_status != kSawOtherValue)
    throw std::runtime_error("the child did not end as it should");
  if (use.shape == "alive" && !seen.old_value && !seen.report)
    throw std::runtime_error("an object that is alive does not hold its value");
  return seen;
}

void time_use(benchmark::State& state, const Use& use) {
  std::int64_t old_values = 0;
  std::int64_t crashes = 0;
  std::int64_t reports = 0;
  std::int64_t named = 0;
  for (auto _ : state) {
    const auto begin = Clock::now();
    const Seen seen = use_in_child(use);
    state.SetIterationTime(std::chrono::duration<double>(Clock::now() - begin).count());
    old_values += seen.old_value ? 1 : 0;
    crashes += seen.crash ? 1 : 0;
    reports += seen.report ? 1 : 0;
    named += seen.named ? 1 : 0;
  }
  const auto share = [&](std::int64_t count) {
    return static_cast<double>(count) / static_cast<double>(state.iterations());
  };
  report_value(state, "old_value_read", share(old_values));
  report_value(state, "crashed", share(crashes));
  report_value(state, "asan_reports", share(reports));
  report_value(state, "asan_names_it", share(named));
}

/// A child that works on request.
class Worker {
 public:
  explicit Worker(const std::string& checks) : Worker(checks, line()) {}

  /// Throws CannotMeasure when a child with checks does not answer its first request, std::runtime_error when it does not answer.
  std::uint64_t ask(const CheckedWork& work) {
    std::uint64_t answer = 0;
    if (send(own_.number(), &work, sizeof work, MSG_NOSIGNAL) != sizeof work ||
        !is_readable_by(own_, Clock::now() + kChildTime) ||
        recv(own_.number(), &answer, sizeof answer, MSG_WAITALL) != sizeof answer) {
      if (!has_answered_ && checks_ == "address")
        throw CannotMeasure("programs with AddressSanitizer cannot be started here");
      throw std::runtime_error("the child does not answer");
    }
    has_answered_ = true;
    return answer;
  }

 private:
  struct Line {
    Descriptor own;
    Descriptor childs;
  };
  static Line line() {
    std::array<int, 2> ends{};
    if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends.data()) != 0)
      throw std::system_error(errno, std::generic_category(), "socketpair");
    return {Descriptor(ends[0]), Descriptor(ends[1])};
  }
  Worker(const std::string& checks, Line line)  // the child's end is closed here once the child has it
      : checks_(checks),
        own_(std::move(line.own)),
        child_({helper("checked_work", checks)}, environment_with({asan_options()}),
               {line.childs.number(), line.childs.number(), -1}) {}

  std::string checks_;
  Descriptor own_;
  ChildProgram child_;
  bool has_answered_ = false;
};

/// Numbers of one request: so much work (0.3 ms and more) that asking for it does not count.
constexpr std::uint64_t kNumbers = 16384;
/// Requests before timing. What is freed is held back up to 8 MiB: 16 requests of lists whose nodes take 32 bytes, and as many again.
constexpr int kWarmUps = 32;

void time_work(benchmark::State& state, std::optional<Worker>& worker, const std::string& checks,
               CheckedWork::Kind kind) {
  const std::uint64_t numbers = kind == CheckedWork::kNothing ? 1 : kNumbers;
  const CheckedWork work{kind, numbers, next_draw()};
  const std::uint64_t expected = answer_of(work);
  if (!worker) {
    worker.emplace(checks);
    for (int done = 0; done < kWarmUps; ++done) {
      if (worker->ask(work) != expected) return failed(state, "the child has another answer");
    }
  }
  for (auto _ : state) {
    if (worker->ask(work) != expected) return failed(state, "the child has another answer");
  }
  report_per_op(state, "request_ns", 1);
  report_per_op(state, "operation_ns", static_cast<double>(numbers));
}

void add_work(CaseRegistry& cases, const std::string& kernel, CheckedWork::Kind kind, const std::string& checks) {
  const auto worker = std::make_shared<std::optional<Worker>>();
  cases.add(fmt::format("work/kernel:{}/checks:{}", kernel, checks), Timing::kWall,
            [=](benchmark::State& state) { time_work(state, *worker, checks, kind); });
}

}  // namespace

void unitcost::register_cases(CaseRegistry& cases) {
  for (const std::string checks : {"none", "address"}) {
    for (const std::string built : {"o0", "o2"}) {
      for (const std::string shape : {"returned", "through_variable", "freed"}) {
        cases.add(fmt::format("use/shape:{}/built:{}/checks:{}", shape, built, checks), Timing::kManual,
                  [use = Use{shape, built, checks}](benchmark::State& state) { time_use(state, use); });
      }
    }
    add_work(cases, "sort", CheckedWork::kSort, checks);
    add_work(cases, "list", CheckedWork::kList, checks);
  }
  for (const std::string built : {"o0", "o2"}) {
    cases.add(fmt::format("use/shape:alive/built:{}/checks:address", built), Timing::kManual,
              [use = Use{"alive", built, "address"}](benchmark::State& state) { time_use(state, use); });
  }
  add_work(cases, "nothing", CheckedWork::kNothing, "none");
}
