"""Do threads make CPU-bound work faster?

Question:  What do n threads gain when each does the same work: in pure Python, in a compiled kernel that holds the GIL, in one
           that releases it, and on native threads, which is all that this machine can give?
Method:    One dependent chain of integer steps, compiled once for all but the pure Python twin. All threads exist, are pinned
           and meet at a barrier before the clock starts; every answer is checked. The work of n in a row beside it.
Wrong way: Samples near the 5 ms switch interval: a thread then often ends before it has to share, and two threads look faster.
           Or timing per thread: under the GIL each looks busy from begin to end while only one works.
Control:   The native ceiling. Where native threads do not scale, nothing about Python's threads can be said.
"""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Callable, Sequence
from time import perf_counter_ns

from unitcost_bench import Program, Sample, Unmeasurable, check, main
from unitcost_kernels import (
    jump,
    spread_cpus,
    walk_holding,
    walk_in_team,
    walk_releasing,
)

# About 1 ms in pure Python: fine enough to calibrate samples, and more than the warm-up needs.
STEPS_PER_ITERATION = 20_000
SHARES_IN_A_ROW = 4  # the notes' own number

Walk = Callable[[int, int], int]


def walk_python(state: int, steps: int) -> int:
    """The pure-Python twin of the compiled kernel. The numbers are those of the kernel, which check() would tell, as literals:
    objects of another thread would be counted atomically by all threads of a free-threaded interpreter, at every step.
    """
    for _ in range(steps):
        state = (state * 1103515245 + 12345) & 0x7FFFFFFF
    return state


class TeamResult:
    """Times of one team and what its shares came to, in the order of `starts`."""

    __slots__ = ("ends", "thread_ns", "wall_ns")

    def __init__(self, wall_ns: int, thread_ns: Sequence[int], ends: Sequence[int | None]) -> None:
        self.wall_ns = wall_ns
        self.thread_ns = thread_ns
        self.ends = ends


Team = Callable[[int, Sequence[int], int], TeamResult]


def team_of(walk: Walk) -> Team:
    """A team of Python threads that does `walk`, as walk_in_team() does on native threads."""

    def run(threads: int, starts: Sequence[int], steps: int) -> TeamResult:
        cpus = spread_cpus()
        began = [0] * threads
        ended = [0] * threads
        ends: list[int | None] = [None] * len(starts)
        released: list[int] = []
        errors: list[BaseException] = []
        barrier = threading.Barrier(threads, action=lambda: released.append(perf_counter_ns()))

        def member(index: int) -> None:
            try:
                os.sched_setaffinity(0, {cpus[index % len(cpus)]})
                barrier.wait()
                began[index] = perf_counter_ns()
                for share in range(index, len(starts), threads):
                    ends[share] = walk(starts[share], steps)
                ended[index] = perf_counter_ns()
            except BaseException as error:  # handed to the thread that joins
                errors.append(error)
                barrier.abort()

        members = [threading.Thread(target=member, args=(index,)) for index in range(threads)]
        started = []
        try:
            for thread in members:
                thread.start()
                started.append(thread)
        except RuntimeError as error:  # else those that have started would wait for the others
            barrier.abort()
            raise Unmeasurable(f"the system does not allow {threads} threads: {error}") from None
        finally:
            for thread in started:
                thread.join()
        if errors:
            raise errors[0]
        times = [end - begin for begin, end in zip(began, ended, strict=True)]
        return TeamResult(max(ended) - released[0], times, ends)

    return run


def native_team(threads: int, starts: Sequence[int], steps: int) -> TeamResult:
    """The ceiling: the same compiled kernel on threads that know nothing of an interpreter."""
    result = walk_in_team(threads, spread_cpus(), starts, steps)
    return TeamResult(result.wall_ns, result.thread_ns, result.ends)


def measure(team: Team, threads: int, shares: int, iterations: int) -> Sample:
    """One sample: `threads` threads do `shares` shares of `iterations` times the work. Costs are per iteration."""
    starts = [share + 1 for share in range(shares)]
    steps = iterations * STEPS_PER_ITERATION
    result = team(threads, starts, steps)
    for start, end in zip(starts, result.ends, strict=True):
        check(end, jump(start, steps), f"the walk from {start}, a thread's share of the work,")
    operations = shares * steps
    return Sample(
        elapsed_ns=result.wall_ns,
        operations=operations,
        counters={
            "wall_ns": result.wall_ns / iterations,
            "step_ns": result.wall_ns / operations,
            "shortest_thread_ns": min(result.thread_ns) / iterations,
            "longest_thread_ns": max(result.thread_ns) / iterations,
        },
    )


def thread_counts(cpus: int) -> list[int]:
    """1, 2 and 4, every power of two up to twice the CPUs, and once and twice the CPUs."""
    powers = {1 << exponent for exponent in range((2 * cpus).bit_length())}
    return sorted({1, 2, 4, cpus, 2 * cpus} | powers)


def register(program: Program) -> None:
    """Every kernel as a team of n threads, and as four shares in a row on one thread that is made the same way."""
    teams: dict[str, Team] = {
        "native": native_team,
        "releasing_gil": team_of(walk_releasing),
        "holding_gil": team_of(walk_holding),
        "pure_python": team_of(walk_python),
    }
    for kernel, team in teams.items():
        what = f"interpreter:default/kernel:{kernel}"
        for threads in thread_counts(len(os.sched_getaffinity(0))):
            add(program, f"together/{what}/threads:{threads}", team, threads, threads)
        add(program, f"in_a_row/{what}/shares:{SHARES_IN_A_ROW}", team, 1, SHARES_IN_A_ROW)


def add(program: Program, name: str, team: Team, threads: int, shares: int) -> None:
    """One case: `threads` threads do `shares` shares of the work."""

    def body(iterations: int) -> Sample:
        return measure(team, threads, shares, iterations)

    def warm_up() -> object:
        return measure(team, threads=1, shares=1, iterations=1)

    program.add_timed(name, body, warm_up=warm_up)


if __name__ == "__main__":
    sys.exit(main(register))
