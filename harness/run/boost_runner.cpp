#include "harness/run/boost_runner.hpp"

#include <sys/prctl.h>

#include <algorithm>
#include <csignal>

#include "harness/base/clock.hpp"
#include "harness/run/child_process.hpp"
#include "harness/run/stragglers.hpp"

namespace unitcost {
namespace {

/// Once one side has ended, the other one's turns are over, or it finds the other end closed.
constexpr double kOtherSideS = 10.0;

/// The sides of a pair end together, unless one of them hangs.
Wake wait_for_pair(const std::vector<ChildProcess*>& sides, Interrupts& interrupts, double until_s) {
  const SystemClock clock;
  for (;;) {
    const double now_s = clock.now_s();
    const bool one_has_ended =
        std::any_of(sides.begin(), sides.end(), [](const auto* side) { return side->has_ended(); });
    if (one_has_ended) return wait_for_end(sides, &interrupts, std::min(until_s, now_s + kOtherSideS));
    constexpr double kLookS = 0.5;
    const Wake wake = wait_for_end(sides, &interrupts, std::min(until_s, now_s + kLookS));
    if (wake != Wake::kDeadline || clock.now_s() >= until_s) return wake;
  }
}

/// Neither side has ended at the deadline: one waits for the other, or both are slow. The one that waits leaves by itself when the other is
/// gone, so they are ended one after the other, and only who hangs has run past its deadline.
std::array<ChildResult, 2> end_in_turn(ChildProcess& first, ChildProcess& second, double grace_s) {
  const SystemClock clock;
  std::array<ChildResult, 2> results;
  first.terminate();
  wait_for_end({&first}, nullptr, clock.now_s() + grace_s);
  results[0] = first.finish();
  wait_for_end({&second}, nullptr, clock.now_s() + grace_s);
  const bool hangs = !second.has_ended();
  results[1] = second.finish();
  if (!is_victim(results[1].end)) results[1].end = {ChildEnd::Kind::kDeadline, 0, ""};
  results[0].end =
      hangs ? ChildEnd{ChildEnd::Kind::kExited, kPeerGoneStatus, ""} : ChildEnd{ChildEnd::Kind::kDeadline, 0, ""};
  return results;
}

}  // namespace

BoostRunner::BoostRunner(Interrupts& interrupts) : interrupts_(&interrupts) {
  prctl(PR_SET_CHILD_SUBREAPER, 1);
  std::signal(SIGCHLD, SIG_DFL);  // ignored by who started us, it would take the end of every child from us
}

ChildResult BoostRunner::run(const ChildRequest& request) {
  ChildProcess child(request, *interrupts_);
  if (!child.is_started()) return child.finish();
  const Wake wake = wait_for_end({&child}, interrupts_, child.started_s() + request.timeout_s);
  if (wake != Wake::kEnded) {
    child.terminate();
    wait_for_end({&child}, nullptr, SystemClock().now_s() + request.grace_s);
  }
  ChildResult result = child.finish();
  result.stragglers = kill_stragglers();
  if (wake == Wake::kDeadline) result.end = {ChildEnd::Kind::kDeadline, 0, ""};
  result.interrupted = wake == Wake::kInterrupted;
  return result;
}

std::array<ChildResult, 2> BoostRunner::run_pair(const std::array<ChildRequest, 2>& requests,
                                                 std::array<OwnedFd, 2> ends) {
  ChildProcess first(requests[0], *interrupts_);
  ChildProcess second(requests[1], *interrupts_);
  for (OwnedFd& end : ends) end.reset();  // a side that ends must leave no end open
  const std::vector<ChildProcess*> sides{&first, &second};
  const double timeout_s = std::max(requests[0].timeout_s, requests[1].timeout_s);
  const Wake wake = wait_for_pair(sides, *interrupts_, first.started_s() + timeout_s);
  const std::array<bool, 2> ended{first.has_ended(), second.has_ended()};
  std::array<ChildResult, 2> results;
  if (wake == Wake::kDeadline && !ended[0] && !ended[1]) {
    results = end_in_turn(first, second, requests[0].grace_s);
  } else {
    if (wake != Wake::kEnded) {
      for (ChildProcess* side : sides) side->terminate();
      wait_for_end(sides, nullptr, SystemClock().now_s() + requests[0].grace_s);
    }
    results = {first.finish(), second.finish()};
    for (std::size_t side = 0; side < results.size(); ++side) {
      if (wake == Wake::kDeadline && !ended[side]) results[side].end = {ChildEnd::Kind::kDeadline, 0, ""};
    }
  }
  results[0].stragglers = kill_stragglers();
  for (ChildResult& result : results) result.interrupted = wake == Wake::kInterrupted;
  return results;
}

}  // namespace unitcost
